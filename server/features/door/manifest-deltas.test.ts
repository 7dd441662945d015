import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Manifest, mergeManifest } from '../../../contract/door-manifest.ts';
import type { TicketId } from '../../../contract/ids.ts';
import { type Client, createClient } from '../../testing/client.ts';
import { kill, startVictim, type Victim } from '../../testing/own-postgres.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { takeManifest } from './testing/manifests.ts';

/*
 * A gate that applies every delta knows what a full manifest says, whatever transactions are open, however many write, and
 * through a crash of PostgreSQL that assigns transaction ids a second time.
 */
let victim: Victim;
let world: World;
let buyer: Person;

beforeAll(async () => {
  victim = await startVictim();
  world = await createWorld({}, { connectionString: victim.connectionString, drop: async () => {} });
  buyer = await world.guest();
});
afterAll(async () => {
  await world?.close();
  await victim?.close();
});

const rename = 'update tickets set attendee_name = $2 where id = $1';

async function open() {
  const connection = world.app.db.openClient('writer');
  await connection.connect();
  return connection;
}

describe('a transaction that was open at the last read', () => {
  let event: TestEvent;
  let ids: TicketId[];
  beforeAll(async () => {
    event = await world.event({ priceMinor: 0 });
    ids = (await buy(world, buyer, event, { quantity: 5 })).tickets.map(({ id }) => id);
  });

  test('is in the next delta when it commits, although later ones were in earlier deltas', async () => {
    const [early, inner] = [await open(), await open()];
    try {
      await early.query('begin');
      await early.query(rename, [ids[0], 'early']);
      await inner.query('begin');
      await inner.query('select pg_current_xact_id()');
      let known = await takeManifest(world.app, event);
      // Later transactions commit and are read, while the early ones are still open.
      for (const name of ['later', 'later still']) {
        await world.app.db.run(rename, [ids[2], name]);
        known = mergeManifest(known, await takeManifest(world.app, event, known.head.version))!;
        expect(nameOf(known, ids[2]!)).toBe(name);
      }
      // A savepoint has a transaction id of its own.
      await inner.query('savepoint inner_one');
      await inner.query(rename, [ids[1], 'inner']);
      await inner.query('release savepoint inner_one');
      await inner.query('commit');
      await early.query('commit');
      const delta = await takeManifest(world.app, event, known.head.version);
      expect(delta.head.since).toBe(known.head.version);
      known = mergeManifest(known, delta)!;
      expect(ids.map((id) => nameOf(known, id))).toEqual(['early', 'inner', 'later still', null, null]);
    } finally {
      await Promise.all([early.end(), inner.end()]);
    }
  });

  test('comes never if it rolls back, and does not stop the version', async () => {
    const writer = await open();
    try {
      await writer.query('begin');
      await writer.query(rename, [ids[3], 'never']);
      const before = await takeManifest(world.app, event);
      await writer.query('rollback');
      await world.app.db.run(rename, [ids[4], 'then']);
      const known = mergeManifest(before, await takeManifest(world.app, event, before.head.version))!;
      expect([nameOf(known, ids[3]!), nameOf(known, ids[4]!)]).toEqual([null, 'then']);
      expect((await takeManifest(world.app, event, known.head.version)).tickets).toEqual([]);
    } finally {
      await writer.end();
    }
  });
});

const nameOf = ({ tickets }: Manifest, id: TicketId) => tickets.find((ticket) => ticket.id === id)?.name;

test('two gates at two processes miss nothing of many writers that commit in any order', async () => {
  const event = await world.event({ priceMinor: 0, capacity: 200, fields: { maxPerBuyer: 200 } });
  const ids: TicketId[] = [];
  for (let i = 0; i < 4; i++)
    ids.push(...(await buy(world, buyer, event, { quantity: 10 })).tickets.map(({ id }) => id));
  const other = await world.another();
  const clientAt = (url: string): Client => {
    const client = createClient(url);
    for (const [name, value] of event.organiser.client.cookies) client.cookies.set(name, value);
    return client;
  };
  const places = [
    { app: world.app, client: clientAt(world.url) },
    { app: other.app, client: clientAt(other.url) },
  ];
  let isOver = false;
  const write = async (writer: number) => {
    const connection = await open();
    for (let n = 0; n < 60; n++) {
      await connection.query('begin');
      // Each writer has tickets of its own, so that none waits for another one.
      for (let i = 0; i < 2; i++) {
        const id = ids[writer * 5 + ((n * 2 + i) % 5)];
        await connection.query(rename, [id, `${writer} ${n}`]);
      }
      // Some transactions stay open during several reads, some only for a moment.
      if ((n + writer) % 7 === 0) await wait(30);
      await connection.query((n * 3 + writer) % 5 === 0 ? 'rollback' : 'commit');
    }
    await connection.end();
  };
  let deltas = 0;
  const follow = async (first: number): Promise<Manifest> => {
    let known = await takeManifest(world.app, event);
    for (let turn = first; !isOver; turn++) {
      const { app, client } = places[turn % 2]!;
      const news = await takeManifest(app, event, known.head.version, client);
      if (news.head.since !== null) deltas++;
      known = mergeManifest(known, news)!;
    }
    return mergeManifest(known, await takeManifest(world.app, event, known.head.version))!;
  };
  const gates = [follow(0), follow(1)];
  await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(write));
  isOver = true;
  const [north, south] = await Promise.all(gates);
  expect(deltas).toBeGreaterThan(20);
  world.app.caches.gateKnowledge.clear();
  const full = await takeManifest(world.app, event);
  const truth = await world.app.db.query<{ id: string; name: string }>(
    'select id, attendee_name as name from tickets where event_id = $1 order by id',
    [event.id],
  );
  expect(full.tickets.map(({ id, name }) => ({ id, name }))).toEqual(truth);
  expect(north!.tickets).toEqual(full.tickets);
  expect(south!.tickets).toEqual(full.tickets);
  await other.close();
});

describe('after a crash', () => {
  let event: TestEvent;
  let ids: TicketId[];
  beforeAll(async () => {
    event = await world.event({ priceMinor: 0 });
    ids = (await buy(world, buyer, event, { quantity: 3 })).tickets.map(({ id }) => id);
    await world.drain();
  });

  const nextId = async () =>
    Number(
      (await victim.db.query<{ x: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as x'))[0]!
        .x,
    );
  const recovers = async (hasCrashed: () => Promise<boolean>) => {
    while (!(await hasCrashed().catch(() => false))) await wait(20);
  };

  /**
   * Burns transaction ids that are free again after a crash, and crashes. PostgreSQL's own processes may write a higher id meanwhile; then
   * it burns others.
   */
  async function crashWithoutIds(rounds = 5): Promise<{ known: Manifest; burnt: number }> {
    const before = await nextId();
    // Transactions that leave nothing on the disk.
    const burner = await open();
    for (let i = 0; i < 50; i++) {
      await burner.query('begin');
      await burner.query('select pg_current_xact_id()');
      await burner.query('rollback');
    }
    const known = await takeManifest(world.app, event);
    const burnt = await nextId();
    expect(burnt).toBeGreaterThanOrEqual(before + 50);
    // PostgreSQL recovers from the death of one session as from a crash, and the postmaster stays the same.
    const postmaster = victim.postmasterPid();
    const [me] = (await burner.query('select pg_backend_pid() as pid')).rows;
    burner.on('error', () => {});
    kill(me.pid, 'SIGKILL');
    for (let look = 0; look < 500; look++) {
      await wait(20);
      if ((await nextId().catch(() => burnt)) >= burnt) continue;
      expect(victim.postmasterPid()).toBe(postmaster);
      return { known, burnt };
    }
    if (rounds === 0) throw new Error('no transaction id was free again after the crash');
    return crashWithoutIds(rounds - 1);
  }

  test('transaction ids that are assigned a second time are in the delta', async () => {
    await world.app.relay.stop();
    const { known, burnt } = await crashWithoutIds();
    await victim.db.run(rename, [ids[1], 'after the crash']);
    expect(await nextId()).toBeLessThanOrEqual(burnt);
    while ((await nextId()) <= burnt) await victim.db.run(rename, [ids[2], 'another']);
    const delta = await takeManifest(world.app, event, known.head.version);
    expect(delta.head.since).toBe(known.head.version);
    expect(nameOf(delta, ids[1]!)).toBe('after the crash');
  });

  test('a PostgreSQL that was started again answers in full', async () => {
    const known = await takeManifest(world.app, event);
    const before = victim.postmasterPid();
    victim.killAll();
    await recovers(async () => (await nextId()) > 0 && victim.postmasterPid() !== before);
    const news = await takeManifest(world.app, event, known.head.version);
    expect(news.head.since).toBeNull();
    expect(news.tickets).toEqual(known.tickets);
  });
});
