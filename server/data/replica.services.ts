import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWire, type Wire } from '../../tools/torture/wire.ts';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../adapters/postgres/embedded.ts';
import { audit } from '../audit/audit.ts';
import { copyWhileRunning, placeCopy } from '../testing/base-backup.ts';
import type { Answer } from '../testing/client.ts';
import { runSql } from '../testing/database-server.ts';
import { childrenOf, kill } from '../testing/own-postgres.ts';
import { newScratch } from '../testing/scratch.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../testing/world.ts';
import { createDb, type Db } from './db.ts';
import { migrate } from './migrate.ts';

/* Two PostgreSQL servers, a primary and its streaming replica. Admit reaches the primary through a wire that can lead elsewhere. */
describe('a primary and its replica', () => {
  let home: string;
  let primary: EmbeddedPostgres;
  let replica: EmbeddedPostgres;
  let wire: Wire;
  let world: World;
  let onReplica: Db;
  let organiser: Organiser;
  const at = (name: string) => join(home, name);

  beforeAll(async () => {
    home = newScratch('admit-replica-');
    primary = await startEmbeddedPostgres({
      dataDir: at('primary'),
      settings: { wal_level: 'replica', wal_keep_size: '512MB', max_wal_senders: '4' },
    });
    await migrate(primary.connectionString);
    await copyWhileRunning(primary.connectionString, { from: at('primary'), to: at('copy') });
    placeCopy(at('copy'), at('replica'), 'standby.signal');
    const { host, port, user } = primary.connection;
    replica = await startEmbeddedPostgres({
      dataDir: at('replica'),
      settings: { primary_conninfo: `host=${host} port=${port} user=${user}` },
    });
    onReplica = createDb({ connectionString: replica.connectionString, poolSize: 1 });
    wire = await startWire(primary.connectionString);
    world = await createWorld(
      { DATABASE_REPLICA_URL: replica.connectionString, LOG_LEVEL: 'silent' },
      { connectionString: wire.connectionString, drop: async () => {} },
    );
    organiser = await world.organiser();
  });
  afterAll(async () => {
    await world?.close();
    await onReplica?.close();
    await wire?.close();
    for (const server of [replica, primary]) await server?.stop();
    for (const name of ['replica', 'primary']) await removeEmbeddedPostgres(at(name));
    rmSync(home, { recursive: true, force: true });
  });

  /** How many of the reads of a list and a dashboard each server answers. */
  async function answeredBy() {
    const count = async () => {
      const { values } = await world.app.metrics.replicaReads.get();
      return Object.fromEntries(values.map(({ labels, value }) => [labels.server, value]));
    };
    const before = await count();
    const path = `/api/organisations/${organiser.organisationId}/dashboard`;
    const answers = await Promise.all([world.client().get('/api/events'), organiser.client.get(path)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const after = await count();
    const difference = (server: string) => (after[server] ?? 0) - (before[server] ?? 0);
    const [byReplica, byPrimary] = [difference('replica'), difference('primary')];
    return byPrimary === 0 ? 'replica' : byReplica === 0 ? 'primary' : 'both';
  }
  const becomes = (server: string) => expect.poll(answeredBy, { timeout: 20_000 }).toBe(server);
  const titles = async () =>
    (await world.client().get('/api/events')).body.items.map(({ title }: { title: string }) => title);

  test('a replica serves lists and reports while it follows, and nothing else', async () => {
    await becomes('replica');
    const event = await world.event({ fields: { title: 'Followed' } });
    await expect.poll(titles).toContain('Followed');
    // A new version of an event's page is there at once, also if the replica does not have it yet.
    await onReplica.query('select pg_wal_replay_pause()');
    const other = await world.event({ fields: { title: 'Ahead' } });
    expect((await world.client().get(`/api/events/${other.id}`)).body.title).toBe('Ahead');
    const buyer = await world.user();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    expect((await buyer.client.post(`/api/events/${event.id}/holds`, { items })).status).toBe(201);
    // A second later it is too old.
    await becomes('primary');
    expect(await titles()).toContain('Ahead');
    await onReplica.query('select pg_wal_replay_resume()');
    await becomes('replica');
    const names = await onReplica.query<{ name: string }>(
      "select distinct application_name as name from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    expect(names).toEqual([{ name: 'admit replica' }]);
  });

  test('the primary serves the reads of a replica that is away, and no request fails', async () => {
    await becomes('replica');
    killServer(at('replica'));
    expect(['primary', 'both']).toContain(await answeredBy());
    await becomes('primary');
    // Its supervisor has started it again.
    await becomes('replica');
  });

  test('a failover under load loses no acknowledged sale', { timeout: 240_000 }, async () => {
    for (const setting of ["synchronous_standby_names = '*'", "synchronous_commit = 'remote_apply'"])
      await runSql(primary.connectionString, `alter system set ${setting}`);
    await runSql(primary.connectionString, 'select pg_reload_conf()');
    const event = await world.event({ capacity: 5000, priceMinor: 0, fields: { maxPerBuyer: 1000 } });
    const orders: string[] = [];
    const begin = Date.now();
    let going = true;
    const selling = Promise.all(
      Array.from({ length: 6 }, async () => {
        const { client } = await world.user();
        while (going) orders.push(await order(client, event, orders.length + Math.random()));
      }),
    );
    const more = async (count: number) => {
      const until = orders.length + count;
      await Promise.race([
        selling,
        expect.poll(() => orders.length, { timeout: 90_000 }).toBeGreaterThan(until),
      ]);
    };
    await more(60);
    killServer(at('primary'));
    // Nothing starts it again.
    await primary.stop();
    const before = [...orders];
    await onReplica.query('select pg_promote()');
    wire.leadTo(replica.connectionString);
    await more(60);
    going = false;
    await selling;
    expect(before.length).toBeGreaterThan(60);
    const there = await onReplica.query<{ id: string }>(
      "select id from orders where status = 'confirmed' and id = any($1)",
      [orders],
    );
    expect(there).toHaveLength(orders.length);
    expect(await audit(world.app.db, { now: world.app.clock.now() })).toEqual([]);
    // What was the replica takes the writes now, so no reads go to it as a replica.
    await becomes('primary');
    expect(Date.now() - begin).toBeLessThan(120_000);
  });
});

/** Kills a PostgreSQL with all its processes. */
function killServer(dataDir: string): void {
  const file = join(realpathSync(join(dataDir, 'postgres')), 'postmaster.pid');
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  for (const each of [pid, ...childrenOf(pid)]) kill(each, 'SIGKILL');
}

/** A free place, with the same keys until it is answered, as clients do. */
async function order(client: Organiser['client'], event: TestEvent, n: number): Promise<string> {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await sure((key) => client.post(`/api/events/${event.id}/holds`, { items }, key));
  const buyer = { name: 'Ada Osei', email: `ada-${n}@example.com` };
  return (await sure((key) => client.post('/api/orders', { holdId: hold.id, buyer }, key))).order.id;
}

async function sure(ask: (key: Record<string, string>) => Promise<Answer>) {
  const key = { 'idempotency-key': crypto.randomUUID() };
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(key);
    if (answer.status === 201) return answer.body;
    if (answer.status !== 503 || attempt === 300)
      throw new Error(`expected 201, got ${answer.status}: ${JSON.stringify(answer.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
