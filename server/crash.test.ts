import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from './audit/audit.ts';
import { tokenHash } from './features/accounts/token-hash.ts';
import { cards } from './features/payments/testing/purchase.ts';
import type { Point } from './points.ts';
import { type Child, startChild } from './testing/child.ts';
import { type Answer, type Client, createClient } from './testing/client.ts';
import { freePort } from './testing/free-port.ts';
import { sampleOf } from './testing/thorough.ts';
import { createWorld, type TestEvent, type World } from './testing/world.ts';

/*
 * Kills a real server process (kill -9) between any two steps of a purchase. Everything that was answered must exist
 * afterwards. A retry with the same key must settle what was not answered. In the end the books must add up.
 */
let world: World;
let event: TestEvent;
let dataDir: string;
let port: number;
let server: Child;

const start = (env: Record<string, string> = {}) =>
  startChild({ connectionString: world.connectionString, dataDir, port, env });

beforeAll(async () => {
  world = await createWorld();
  // This process only creates the event. The other process does the rest.
  event = await world.event({ capacity: 1000 });
  await world.app.relay.stop();
  dataDir = await mkdtemp(join(tmpdir(), 'admit-crash-'));
  port = await freePort();
  server = await start();
});
afterAll(async () => {
  await server?.kill();
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function guest(): Promise<Client> {
  const client = createClient(server.url);
  expect((await client.post('/api/auth/sign-in/anonymous', {})).status).toBe(200);
  return client;
}

const hold = (buyer: Client, key: string) =>
  buyer.post(
    `/api/events/${event.id}/holds`,
    { items: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }] },
    { 'idempotency-key': key },
  );
// Each buyer has their own mailbox, because purchases per address are limited.
const order = (buyer: Client, holdId: string) =>
  buyer.post('/api/orders', { holdId, buyer: { name: 'Ada Osei', email: `${holdId}@example.com` } });
const pay = (buyer: Client, { id, clientSecret }: { id: string; clientSecret: string }) =>
  buyer.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card: { number: cards.success } });

/** Makes the server die while it answers. True if the answer never came. */
async function dieDuring(ask: () => Promise<Answer>): Promise<boolean> {
  const answered = await ask().then(
    () => true,
    () => false,
  );
  await server.ended;
  return !answered;
}

/** How many were confirmed. */
let purchases = 0;

async function confirmed(buyer: Client, orderId: string): Promise<Answer['body']> {
  const deadlineMs = performance.now() + 15_000;
  for (;;) {
    const { body } = await buyer.get(`/api/orders/${orderId}`);
    if (body.status === 'confirmed') {
      purchases++;
      return body;
    }
    if (performance.now() > deadlineMs) throw new Error(`the order is still ${body.status}`);
    await wait(50);
  }
}

/** Completes the purchase of a hold, and checks that it was bought once. */
async function finish(buyer: Client, holdId: string): Promise<void> {
  const placed = await order(buyer, holdId);
  expect(placed.status).toBe(201);
  if (placed.body.order.status === 'pending') {
    const paid = await pay(buyer, placed.body.payment);
    // 409: it was paid before the server died.
    expect([200, 409]).toContain(paid.status);
  }
  const bought = await confirmed(buyer, placed.body.order.id);
  expect(bought.tickets).toHaveLength(2);
  const orders = await buyer.get('/api/orders');
  expect(orders.body.items.map((each: { id: string }) => each.id)).toEqual([placed.body.order.id]);
}

const inTheBooks = sampleOf<Point>(['committed', 'decided', 'written'], 1);

describe('kill -9 of the server between hold and payment', () => {
  test('what was held is still held, and can be bought', async () => {
    const buyer = await guest();
    const held = await hold(buyer, 'before-the-crash');
    expect(held.status).toBe(201);
    await server.kill();
    server = await start();
    expect((await buyer.get(`/api/holds/${held.body.id}`)).body.status).toBe('active');
    await finish(buyer, held.body.id);
  });

  test.each(sampleOf<Point>(['written', 'committed'], 1))(
    '%s a hold: asked again, it is held once',
    async (point) => {
      const buyer = await guest();
      await server.dieAt(point);
      expect(await dieDuring(() => hold(buyer, 'again'))).toBe(true);
      const before = await holdsIn(buyer);
      expect(before).toBe(point === 'committed' ? 1 : 0);
      server = await start();
      const held = await hold(buyer, 'again');
      expect(held.status).toBe(201);
      expect(await holdsIn(buyer)).toBe(1);
      await finish(buyer, held.body.id);
    },
  );

  test.each(sampleOf<Point>(['committed', 'decided'], 1))(
    '%s an order: asked again, it is ordered once',
    async (point) => {
      const buyer = await guest();
      const held = await hold(buyer, 'mine');
      await server.dieAt(point);
      expect(await dieDuring(() => order(buyer, held.body.id))).toBe(true);
      server = await start();
      await finish(buyer, held.body.id);
    },
  );
});

describe('kill -9 of the server between payment and webhook answer', () => {
  test('before the webhook left: it leaves after the restart', async () => {
    await server.kill();
    server = await start({ ROLES: 'api' });
    const buyer = await guest();
    const held = await hold(buyer, 'mine');
    const placed = await order(buyer, held.body.id);
    expect((await pay(buyer, placed.body.payment)).status).toBe(200);
    await server.kill();
    server = await start();
    expect((await confirmed(buyer, placed.body.order.id)).tickets).toHaveLength(2);
  });

  test.each(inTheBooks)('%s what the webhook says: it comes again and counts once', async (point) => {
    const buyer = await guest();
    const held = await hold(buyer, 'mine');
    const placed = await order(buyer, held.body.id);
    await server.dieAt(point);
    await pay(buyer, placed.body.payment).catch(() => {});
    await server.ended;
    server = await start();
    expect((await confirmed(buyer, placed.body.order.id)).tickets).toHaveLength(2);
    await expect.poll(() => undelivered(), { timeout: 15_000 }).toBe(0);
  });
});

test('in the end everything adds up', async () => {
  await expect.poll(() => undelivered(), { timeout: 15_000 }).toBe(0);
  expect(await audit(world.app.db, { now: world.app.clock.now() })).toEqual([]);
  const rows = await world.app.db.query<{ tickets: number; holds: number }>(
    `select (select count(*) from tickets) as tickets, (select count(*) from holds) as holds`,
  );
  // Each of the purchases above is of one hold and two tickets.
  expect(rows).toEqual([{ tickets: 2 * purchases, holds: purchases }]);
});

async function holdsIn(buyer: Client): Promise<number> {
  const [row] = await world.app.db.query<{ count: number }>(
    'select count(*) from holds where buyer_id = $1',
    [await userOf(buyer)],
  );
  return row?.count ?? 0;
}

/** Finds a client's user id in the session's row, even while the server is dead. */
async function userOf(buyer: Client): Promise<string> {
  const token = decodeURIComponent(
    [...buyer.cookies].find(([name]) => /session_token/.test(name))?.[1] ?? '',
  );
  const [row] = await world.app.db.query<{ user_id: string }>(
    'select user_id from sessions where token_hash = $1',
    [tokenHash(token.split('.')[0] as string)],
  );
  return row?.user_id ?? '';
}

const undeliveredSql = `
  select count(*) from graphile_worker._private_jobs as job
  join graphile_worker._private_tasks as task on task.id = job.task_id
  where task.identifier = 'deliver-sandbox-webhooks'`;

async function undelivered(): Promise<number> {
  const [row] = await world.app.db.query<{ count: number }>(undeliveredSql);
  return row?.count ?? 0;
}
