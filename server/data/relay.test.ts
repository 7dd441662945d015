import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { Message } from '../../contract/messages.ts';
import { createMetrics } from '../metrics.ts';
import { runSql } from '../testing/database-server.ts';
import { createWorld, type World } from '../testing/world.ts';
import { type Sink, SinkUnavailable } from './bus.ts';
import { type Effect, enqueueEffects } from './outbox.ts';
import { type Relay, startRelay } from './relay.ts';

let world: World;
const relays: Relay[] = [];
const clients: pg.Client[] = [];
const source = 'https://admit.example';
beforeAll(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await world.app.db.run('delete from outbox_cursors');
  await world.app.db.run('delete from outbox_parked');
  await world.app.db.run('delete from outbox');
});
afterAll(() => world.close());

/** A relay like one in another process, with quick retries so that a test need not wait for minutes. */
async function relayTo(...sinks: Sink[]): Promise<Relay> {
  const { db, clock, log } = world.app;
  const relay = startRelay({
    ...{ db, clock, log, source, metrics: createMetrics() },
    ...{ pollMs: 10, restMs: 1, retryMs: 1 },
  });
  relays.push(relay);
  for (const sink of sinks) await relay.addSink(sink);
  return relay;
}

let sinks = 0;
function sinkTo(heard: string[], more: Partial<Sink> = {}): Sink {
  return {
    name: `sink-${++sinks}`,
    topics: ['door_events', 'order_events'],
    cursor: 'shared',
    deliver: (messages) => void heard.push(...messages.map(said)),
    ...more,
  };
}

/** The messages of these tests are check-ins, and the gate's name tells one message from another. */
const tell = (...gates: string[]) =>
  world.app.db.transaction(async (trx) => enqueueEffects(trx, gates.map(admittedAt), world.clock.now()));
const admittedAt = (gate: string): Effect => ({
  type: 'admit.ticket.admitted.v1',
  eventId: id('evt') as EventId,
  data: {
    ticketId: id('tkt'),
    ticketTypeId: id('tty'),
    orderId: id('ord'),
    checkInId: id('chk'),
    gate,
    checkedInAt: '2026-11-21T19:30:00Z',
  },
});
const id = <P extends string>(prefix: P) => `${prefix}_00000000000000000000000001` as const;
const said = (message: Message) =>
  message.type === 'admit.ticket.admitted.v1' ? String(message.data.gate) : '';

async function connect(url = world.connectionString): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'someone-else' });
  client.on('error', () => {});
  await client.connect();
  clients.push(client);
  return client;
}

const insertSql = `
  insert into outbox (topic, type, event_id, payload, created_at)
  values ('door_events', 'admit.ticket.admitted.v1', 'evt_x', jsonb_build_object('gate', $1::text), now())`;
const until = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 10 });

describe('order', () => {
  test('a message that commits after a later one is not lost, and is told before it', async () => {
    const heard: string[] = [];
    const relay = await relayTo(sinkTo(heard));
    const slow = await connect();
    await slow.query('begin');
    await slow.query(insertSql, ['first']);
    await tell('second');
    relay.wake();
    await wait(200);
    expect(heard).toEqual([]);
    await slow.query('commit');
    await until(() => heard).toEqual(['first', 'second']);
  });

  test('many writers at once: each message that was committed is told once, in order, and no other', async () => {
    const heard: number[] = [];
    const deliver = (messages: Message[]) => void heard.push(...messages.map(({ id }) => Number(id)));
    const own: number[] = [];
    const relay = await relayTo(
      sinkTo([], { deliver }),
      sinkTo([], {
        cursor: 'process',
        deliver: (messages) => void own.push(...messages.map(({ id }) => Number(id))),
      }),
    );
    const writer = async (n: number) => {
      const client = await connect();
      for (let i = 0; i < 40; i++) {
        await client.query('begin');
        // Takes a transaction id before the first message, so that transactions and messages have different orders.
        await client.query('select pg_current_xact_id()');
        for (let rows = (i + n) % 3; rows >= 0; rows--) await client.query(insertSql, [`${n}`]);
        if ((i * 7 + n) % 5 === 0) await wait((i + n) % 7);
        await client.query((i + n) % 4 === 0 ? 'rollback' : 'commit');
        relay.wake();
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, n) => writer(n)));
    await relay.drain();
    const rows = await world.app.db.query<{ id: number }>('select id from outbox order by id');
    expect(rows.length).toBeGreaterThan(600);
    expect(heard).toEqual(rows.map(({ id }) => id));
    expect(own).toEqual(heard);
  });
});

describe('a transaction that somebody left open', () => {
  test('stops nothing where it wrote no message: in this database or in another one', async () => {
    const heard: string[] = [];
    const relay = await relayTo(sinkTo(heard));
    const here = await connect();
    await here.query('begin');
    await here.query('create table left_open (id int)');
    const elsewhere = await connect(world.connectionString.replace(/\/[^/]*$/, '/postgres'));
    await elsewhere.query('begin');
    await elsewhere.query('select pg_current_xact_id()');
    await tell('on time');
    relay.wake();
    await until(() => heard).toEqual(['on time']);
  });

  test('that wrote a message is named in the log, the metrics and the readiness', async () => {
    const heard: string[] = [];
    await relayTo(sinkTo(heard));
    const open = await connect();
    await open.query('begin');
    await open.query(insertSql, ['never committed']);
    const { pid } = (await open.query('select pg_backend_pid() as pid')).rows[0];
    await tell('waits');
    world.clock.advance(60_000);
    const state = await world.app.relay.measure();
    expect(state.writer).toMatchObject({ pid, application: 'someone-else', state: 'idle in transaction' });
    expect(state.sinks.find(({ sink }) => sink.startsWith('sink-'))).toMatchObject({ rows: 1, parked: 0 });
    const ready = await world.client().get('/health/ready');
    expect([ready.status, ready.body.status, ready.body.warnings]).toEqual([
      200,
      'degraded',
      ['outbox_behind'],
    ]);
    const metrics = await (await fetch(`${world.url}/metrics`)).text();
    expect(metrics).toMatch(/admit_outbox_lag_rows\{sink="sink-\d+"\} 1\n/);
    expect(Number(/admit_outbox_lag_seconds\{sink="sink-\d+"\} (\S+)/.exec(metrics)?.[1])).toBeGreaterThan(
      59,
    );
    await runSql(world.connectionString, `select pg_terminate_backend(${pid})`);
    await until(() => heard).toEqual(['waits']);
    await until(async () => (await world.app.relay.measure()).warnings).toEqual([]);
  });
});

describe('a sink that fails', () => {
  test('delays only itself', async () => {
    const heard: string[] = [];
    const broken = sinkTo([], { deliver: () => Promise.reject(new SinkUnavailable('away')) });
    const hangs = sinkTo([], { deliver: () => new Promise(() => {}) });
    await relayTo(broken, sinkTo(heard));
    await tell('one');
    await until(() => heard).toEqual(['one']);
    const live: string[] = [];
    await relayTo(hangs, sinkTo(live, { cursor: 'process' }));
    await tell('two');
    await until(() => live).toEqual(['two']);
  });

  test('parks the one message at fault after some tries, and the others go on', async () => {
    const heard: string[] = [];
    let isBroken = true;
    let tries = 0;
    const deliver = (messages: Message[]) => {
      for (const message of messages) {
        if (said(message) === 'poison' && isBroken) {
          tries++;
          throw new Error('no such thing');
        }
      }
      heard.push(...messages.map(said));
    };
    const sink = sinkTo([], { deliver });
    const relay = await relayTo(sink);
    await tell('a', 'poison', 'b');
    await tell('c');
    await until(() => heard).toEqual(['a', 'b', 'c']);
    expect(tries).toBeLessThan(20);
    const parked = await world.app.db.query(
      `select sink, payload ->> 'gate' as gate, error from outbox_parked`,
    );
    expect(parked).toEqual([{ sink: sink.name, gate: 'poison', error: 'no such thing' }]);
    expect((await relay.measure()).warnings).toEqual(['messages_parked']);

    // A person marks the message for another delivery: first while the sink still fails, then after the fix.
    const again = 'update outbox_parked set again = true';
    await world.app.db.run(again);
    await tell('d');
    await until(async () => (await world.app.db.query('select from outbox_parked where again')).length).toBe(
      0,
    );
    isBroken = false;
    await world.app.db.run(again);
    await tell('e');
    await until(() => heard).toContain('poison');
    await until(async () => (await world.app.db.query('select from outbox_parked')).length).toBe(0);
  });

  test('because what it writes to is away parks nothing, however long that takes', async () => {
    const heard: string[] = [];
    let isAway = true;
    let tries = 0;
    const deliver = (messages: Message[]) => {
      if (isAway && tries++ < 30) throw new SinkUnavailable('no broker');
      heard.push(...messages.map(said));
    };
    const relay = startRelay({
      ...world.app,
      source,
      metrics: createMetrics(),
      pollMs: 1,
      restMs: 1,
      retryMs: 0,
    });
    relays.push(relay);
    await relay.addSink(sinkTo([], { deliver }));
    await tell('one', 'two');
    await until(() => tries).toBeGreaterThan(20);
    isAway = false;
    await until(() => heard).toEqual(['one', 'two']);
    expect(await world.app.db.query('select from outbox_parked')).toEqual([]);
  });

  test('has no transaction open while it works', async () => {
    const release = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const deliver = () => {
      begun.resolve();
      return release.promise;
    };
    await relayTo(sinkTo([], { deliver }));
    await tell('slow');
    await begun.promise;
    const open = () =>
      world.app.db.query(
        `select query from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and query ilike '%outbox%'`,
      );
    // A statement of another sink may be running just now. An open transaction would stay until the delivery ends.
    await expect.poll(open).toEqual([]);
    release.resolve();
  });
});

describe('several processes', () => {
  test('share a shared sink, and each tells its own sink everything', async () => {
    const once: string[] = [];
    const each: string[][] = [[], []];
    const shared = sinkTo(once);
    const own = sinkTo([]).name;
    for (const heard of each) await relayTo({ ...shared }, sinkTo(heard, { name: own, cursor: 'process' }));
    const types = Array.from({ length: 200 }, (_, i) => `message ${i}`);
    for (const type of types) {
      await tell(type);
      for (const relay of relays) relay.wake();
    }
    await Promise.all(relays.map((relay) => relay.drain()));
    await until(() => once.length).toBe(200);
    expect(once).toEqual(types);
    expect(each).toEqual([types, types]);
  });

  test('a process that died while it delivered is taken over from', async () => {
    const heard: string[] = [];
    const sink = sinkTo(heard);
    await relayTo(sink);
    await world.app.db.run(
      `update outbox_cursors set leased_by = 'dead', leased_until = now() + interval '1 second' where sink = $1`,
      [sink.name],
    );
    await tell('one');
    await until(() => heard).toEqual(['one']);
  });
});
