import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../audit/audit.ts';
import { type Answer, type Client, createClient } from '../testing/client.ts';
import { databaseUrl } from '../testing/database-server.ts';
import { startVictim, type Victim } from '../testing/own-postgres.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../testing/world.ts';
import { openClient } from './connections.ts';
import { isDatabaseUnavailable } from './database-trouble.ts';
import { migrate } from './migrate.ts';

/*
 * Puts a separate PostgreSQL server into every kind of trouble. Each kind of request gets 503 `unavailable` in time,
 * readiness names the problem, and after the trouble everything works without a restart. Restarts under load are in
 * tools/torture.
 */
let victim: Victim;
let world: World;
let event: TestEvent;
let buyer: Person;

beforeAll(async () => {
  victim = await startVictim({ fsync: 'off' });
  world = await createWorld(
    {
      LOG_LEVEL: 'silent',
      DATABASE_CONNECT_SECONDS: '1',
      DATABASE_STATEMENT_SECONDS: '1',
      DATABASE_TRANSACTION_SECONDS: '4',
    },
    { connectionString: victim.connectionString, drop: async () => {} },
  );
  event = await world.event({ capacity: 1000, fields: { maxPerBuyer: 40 } });
  buyer = await world.user();
}, 60_000);
afterAll(async () => {
  await world?.close();
  await victim?.close();
});

const hold = (client: Client, eventId = event.id) =>
  client.post(`/api/events/${eventId}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });

let count = 0;
/** One request of each kind: the ledger, better-auth's pool and the App's pool, transactions and reads. */
const writes: Record<string, (url: string, person: Client) => Promise<Answer>> = {
  hold: (_url, person) => hold(person),
  'guest signs in': (url) => createClient(url).post('/api/auth/sign-in/anonymous', {}),
  'sign-up': (url) =>
    createClient(url).post('/api/auth/sign-up/email', {
      name: 'Ada',
      email: `new-${++count}@example.com`,
      password: testPassword,
    }),
  'sign-in': (url) =>
    createClient(url).post('/api/auth/sign-in/email', { email: buyer.email, password: testPassword }),
  organisation: (_url, person) => person.post('/api/organisations', { name: `House ${++count}` }),
};
const reads: typeof writes = {
  session: (_url, person) => person.get('/api/auth/get-session'),
  orders: (_url, person) => person.get('/api/orders'),
  event: (_url, person) => person.get(`/api/events/${event.id}`),
  search: (_url, person) => person.get(`/api/events?q=word${++count}`),
};

/** The buyer's browser, connected to another process. */
function sameBuyer(url: string): Client {
  const client = createClient(url);
  for (const [name, value] of buyer.client.cookies) client.cookies.set(name, value);
  return client;
}

async function expectUnavailable(asked: typeof writes, url = world.url): Promise<void> {
  const answers = await Promise.all(
    Object.entries(asked).map(async ([name, ask]) => ({ name, answer: await ask(url, sameBuyer(url)) })),
  );
  const said = answers.map(({ name, answer }) => ({
    name,
    status: answer.status,
    code: answer.body.code,
    retryAfter: Number(answer.headers.get('retry-after')) > 0,
  }));
  expect(said).toEqual(
    Object.keys(asked).map((name) => ({ name, status: 503, code: 'unavailable', retryAfter: true })),
  );
}

const ready = (url = world.url) => createClient(url).get('/health/ready');
async function becomes(state: string, url = world.url): Promise<void> {
  await expect.poll(async () => (await ready(url)).body.database, { timeout: 20_000 }).toBe(state);
  expect((await ready(url)).status).toBe(state === 'ok' ? 200 : 503);
  expect((await createClient(url).get('/health/live')).status).toBe(200);
}
/** After the trouble everything works, once new connections are open. */
async function recovers(): Promise<void> {
  await becomes('ok');
  for (const ask of Object.values({ ...writes, ...reads })) {
    await expect
      .poll(async () => (await ask(world.url, buyer.client)).status, { timeout: 20_000 })
      .toBeLessThan(300);
  }
}

const ownClient = () => openClient({ connectionString: victim.connectionString, name: 'test' });

/** Runs SQL on a connection that may write, whatever the database's default is. */
async function command(sql: string): Promise<void> {
  const client = ownClient();
  await client.connect();
  await client.query('set default_transaction_read_only to off');
  await client.query(sql);
  await client.end();
}

test('a database that takes no writes', async () => {
  await command('alter database admit set default_transaction_read_only = on');
  await victim.terminate();
  await becomes('read_only');
  await expectUnavailable(writes);
  await expect.poll(async () => (await reads.event?.(world.url, buyer.client))?.status).toBe(200);
  await command('alter database admit reset default_transaction_read_only');
  await victim.terminate();
  await recovers();
});

test('a database that takes no connections', async () => {
  await command('create role tenant login; grant admit to tenant');
  const url = new URL(victim.connectionString);
  url.username = 'tenant';
  const other = await world.another(url.href);
  try {
    await becomes('ok', other.url);
    await command('alter role tenant connection limit 0');
    await victim.terminate();
    await becomes('too_many_connections', other.url);
    await expectUnavailable({ ...writes, ...reads }, other.url);
  } finally {
    await command('alter role tenant connection limit -1');
    await other.close();
  }
  await recovers();
});

test('a database that is gone, and one that lets nobody in', async () => {
  const url = new URL(databaseUrl(victim.connectionString, 'moved'));
  await command('create database moved');
  await migrate(url.href);
  const other = await world.another(url.href);
  try {
    await command('alter database moved allow_connections false');
    await victim.terminate();
    await becomes('failing', other.url);
    await expectUnavailable(writes, other.url);
    await command('drop database moved with (force)');
    await expectUnavailable(writes, other.url);
  } finally {
    await other.close();
  }
  await recovers();
});

describe('an error of PostgreSQL in the middle of a statement', () => {
  const codes = {
    'the disk is full': '53100',
    'memory is out': '53200',
    'a deadlock': '40P01',
    'a lock that did not come free': '55P03',
    'a statement that was ended': '57014',
    'a shutdown': '57P01',
    'a file that could not be read': '58030',
  };
  test.each(Object.entries(codes))('%s', async (_what, code) => {
    const raise = (table: string) => `
      create or replace function trouble() returns trigger language plpgsql as $$
      begin raise exception 'trouble' using errcode = '${code}'; end $$;
      create trigger trouble before insert on ${table} execute function trouble();`;
    const tables = ['holds', 'users', 'sessions', 'organisations'];
    for (const table of tables) await command(raise(table));
    try {
      await expectUnavailable(writes);
    } finally {
      for (const table of tables) await command(`drop trigger trouble on ${table}`);
    }
    await recovers();
  });

  test('a disk that is full is named by readiness', async () => {
    await command(`
      create or replace function trouble() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger trouble before update on heartbeat execute function trouble();`);
    await becomes('disk_full');
    await command('drop trigger trouble on heartbeat');
    await recovers();
  });
});

test('a statement that waits too long is ended, and so is a transaction that is left open', async () => {
  const client = ownClient();
  await client.connect();
  await client.query('begin');
  await client.query('select 1 from ledgers where event_id = $1 for update', [event.id]);
  await expectUnavailable({ hold: writes.hold as (typeof writes)['hold'] });
  await client.query('rollback');
  await client.end();
  const left = Promise.withResolvers<void>();
  const idle = world.app.db.transaction(async (trx) => {
    await trx.query('select 1 as one');
    await left.promise;
  });
  const idleSql = `select 1 from pg_stat_activity where state like 'idle in transaction%'`;
  await expect.poll(() => victim.db.query(idleSql)).toHaveLength(1);
  await expect.poll(() => victim.db.query(idleSql), { timeout: 15_000 }).toHaveLength(0);
  left.resolve();
  expect(isDatabaseUnavailable(await idle.catch((error) => error))).toBe(true);
  await recovers();
});

test('readiness asks for no connection that buyers wait for', async () => {
  const taken = await Promise.all(Array.from({ length: 10 }, () => world.app.db.pool.connect()));
  try {
    await becomes('ok');
    await expectUnavailable({ orders: reads.orders as (typeof writes)['orders'] });
  } finally {
    for (const client of taken) client.release();
  }
  await recovers();
});

test('a database that is frozen: every request ends, readiness says so in time, and nothing is half done', async () => {
  const before = await hold(buyer.client);
  expect(before.status).toBe(201);
  victim.freeze();
  try {
    let slowestMs = 0;
    const look = async () => {
      const askedMs = performance.now();
      const { body } = await ready();
      slowestMs = Math.max(slowestMs, performance.now() - askedMs);
      return body.database;
    };
    await expect.poll(look, { timeout: 10_000 }).toBe('no_answer');
    expect(slowestMs).toBeLessThan(2000);
    expect((await createClient(world.url).get('/health/live')).status).toBe(200);
    // More requests than connections, and more than one batch of the ledger.
    const asked = Array.from({ length: 40 }, () => hold(buyer.client));
    await expectUnavailable({ ...writes, ...reads });
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([503]));
    // The first connections are closed, so these requests wait for new ones.
    await expectUnavailable({ ...writes, ...reads });
  } finally {
    victim.thaw();
  }
  await recovers();
  const held = await world.app.db.query('select 1 from holds where id = $1', [before.body.id]);
  expect(held).toHaveLength(1);
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});
