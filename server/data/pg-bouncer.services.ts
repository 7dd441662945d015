import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../audit/audit.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type Child, startChild } from '../testing/child.ts';
import { type Answer, type Client, createClient } from '../testing/client.ts';
import { runSql } from '../testing/database-server.ts';
import { freePort } from '../testing/free-port.ts';
import { openLive } from '../testing/live.ts';
import { type PgBouncer, startPgBouncer } from '../testing/pg-bouncer.ts';
import { createWorld, type Person, secrets, type TestEvent, type World } from '../testing/world.ts';
import { createDatabaseWait } from './wait-for-database.ts';

/* A process of Admit whose only way to PostgreSQL is a PgBouncer in session mode. The world makes people and events beside it. */
const program = process.env.ADMIT_PGBOUNCER;
if (!program) process.stderr.write('pg-bouncer.services.ts is left out: there is no PgBouncer here\n');

describe.skipIf(!program)('behind PgBouncer in session mode', () => {
  let world: World;
  let bouncer: PgBouncer;
  let dataDir: string;
  let admit: Child;
  let count = 0;

  const start = async (env: Record<string, string> = {}) =>
    startChild({
      connectionString: bouncer.connectionString,
      dataDir,
      port: await freePort(),
      clockOffsetMs: world.clock.now().getTime() - Date.now(),
      env: {
        SESSION_SECRET: secrets.session,
        TICKET_SIGNING_KEY: secrets.ticketSigningKey,
        SANDBOX_WEBHOOK_SECRET: secrets.sandboxWebhook,
        ...env,
      },
    });

  beforeAll(async () => {
    world = await createWorld();
    dataDir = mkdtempSync(join(tmpdir(), 'admit-bounced-'));
    bouncer = await startPgBouncer(program as string, world.connectionString);
  });
  afterAll(async () => {
    await admit?.kill();
    await bouncer?.close();
    await world?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const at = ({ url }: { url: string }, { client: { cookies } }: Person): Client => {
    const client = createClient(url);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    return client;
  };

  /** Everything up to the card. A job tells the payment to Admit. */
  async function order(client: Client, event: TestEvent): Promise<string> {
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const hold = await sure((key) => client.post(`/api/events/${event.id}/holds`, { items }, key), 201);
    const buyer = { name: 'Ada Osei', email: `ada-${++count}@example.com` };
    const placed = await sure((key) => client.post('/api/orders', { holdId: hold.id, buyer }, key), 201);
    const { id, clientSecret } = placed.payment;
    const card = { clientSecret, card: { number: '4242424242424242' } };
    await sure(async () => {
      const answer = await client.post(`/api/sandbox/payments/${id}/confirmation`, card);
      // The first attempt was done, and its answer was lost.
      return answer.body.code === 'payment_not_open' ? { ...answer, status: 200 } : answer;
    }, 200);
    return placed.order.id;
  }
  const statusOf = async (client: Client, id: string) =>
    (await client.get(`/api/orders/${id}`)).body.status as string;
  const confirmed = (client: Client, id: string) =>
    expect.poll(() => statusOf(client, id), { timeout: 60_000 }).toBe('confirmed');

  test('a start warns until the database has the deadlines that PgBouncer drops', async () => {
    const warnings = async () => {
      const said: unknown[] = [];
      const wait = createDatabaseWait({
        connectionString: bouncer.connectionString,
        deadlines: readConfig({}).databaseDeadlines,
        patienceMs: 0,
        clock: systemClock,
        log: Object.assign(createLog({ logLevel: 'silent' }), {
          warn: ({ code }: { code: string }) => said.push(code),
        }),
        onAway() {},
      });
      await wait.look();
      return said;
    };
    expect(await warnings()).toEqual(['deadlines_not_passed_on']);
    const name = new URL(world.connectionString).pathname.slice(1);
    for (const [setting, value] of [
      ['statement_timeout', '10s'],
      ['idle_in_transaction_session_timeout', '30s'],
    ])
      await runSql(world.connectionString, `alter database ${name} set ${setting} = '${value}'`);
    await bouncer.kill();
    await bouncer.start();
    expect(await warnings()).toEqual([]);
  });

  test('a purchase, its jobs, live messages and notices', async () => {
    admit = await start();
    const event = await world.event();
    const live = await openLive(admit.url, { event: event.id });
    const ann = await world.user();
    const client = at(admit, ann);
    await confirmed(client, await order(client, event));
    await expect.poll(() => live.told('availability').length).toBeGreaterThan(0);
    // The mail with the tickets is a job, too.
    const mails = () => world.app.db.query("select 1 from messages where recipient = 'ada-1@example.com'");
    await expect.poll(async () => (await mails()).length, { timeout: 60_000 }).toBeGreaterThan(0);
    // The world ends her other sessions, and this process hears of it by a notice.
    const [other] = await world.app.accounts.openSessions([ann.userId]);
    const seen = async () =>
      (await createClient(admit.url).get('/api/me', { cookie: other?.cookie ?? '' })).status;
    expect(await seen()).toBe(200);
    expect((await ann.client.delete('/api/me/sessions')).status).toBe(204);
    await expect.poll(seen).toBe(401);
  });

  test('PgBouncer dies twice during a sale: what was acknowledged is there', {
    timeout: 200_000,
  }, async () => {
    const event = await world.event({ capacity: 1000, fields: { maxPerBuyer: 40 } });
    const people = await Promise.all(Array.from({ length: 4 }, () => world.user()));
    const orders: { client: Client; id: string }[] = [];
    let going = true;
    const selling = Promise.all(
      people.map(async (person) => {
        const client = at(admit, person);
        while (going) orders.push({ client, id: await order(client, event) });
      }),
    );
    const more = async (count: number) => {
      const until = orders.length + count;
      await Promise.race([
        selling,
        expect.poll(() => orders.length, { timeout: 60_000 }).toBeGreaterThan(until),
      ]);
    };
    for (let time = 0; time < 2; time++) {
      await more(8);
      await bouncer.kill();
      await wait(300);
      await bouncer.start();
    }
    await more(8);
    going = false;
    await selling;
    for (const { client, id } of orders) await confirmed(client, id);
    expect(await audit(world.app.db, { now: world.app.clock.now(), settled: false })).toEqual([]);
  });

  test('with DATABASE_DIRECT_URL what needs a session of its own goes past PgBouncer', async () => {
    await admit.kill();
    const own = `direct_${process.pid}`;
    await runSql(world.connectionString, `create role ${own} login superuser`);
    const direct = new URL(world.connectionString);
    direct.username = own;
    admit = await start({ DATABASE_DIRECT_URL: direct.href });
    const client = at(admit, await world.user());
    await confirmed(client, await order(client, await world.event()));
    expect((await client.get('/health/ready')).status).toBe(200);
    const names = await world.app.db.query<{ name: string; direct: boolean }>(
      `select distinct application_name as name, usename = $1 as direct from pg_stat_activity
       where datname = current_database() and (usename = $1 or backend_xmin is null) order by 2 desc, 1`,
      [own],
    );
    expect(names.filter((each) => each.direct).map(({ name }) => name)).toEqual([
      'admit notices',
      'admit worker',
    ]);
    await admit.kill();
    await runSql(world.connectionString, `drop role ${own}`);
  });
});

/** Asks with one key until it is answered, as a client does while the database is away. */
async function sure(ask: (key: Record<string, string>) => Promise<Answer>, status: number) {
  const key = { 'idempotency-key': crypto.randomUUID() };
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(key);
    if (answer.status === status) return answer.body;
    if (answer.status !== 503 || attempt === 100)
      throw new Error(`expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
    await wait(100);
  }
}
