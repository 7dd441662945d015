import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { startChild } from '../../testing/child.ts';
import { createClient } from '../../testing/client.ts';
import { freePort } from '../../testing/free-port.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { cards } from '../payments/testing/purchase.ts';

/* kill -9 of the process that refunds the orders of a cancelled event. */
let world: World;
let dataDir: string;
beforeAll(async () => {
  world = await createWorld();
  await world.app.relay.stop();
  dataDir = await mkdtemp(join(tmpdir(), 'admit-cancel-crash-'));
});
afterAll(async () => {
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const orderCount = runs(100, 200);

test('a process that dies three times refunds each order exactly once', {
  timeout: 300_000,
}, async () => {
  const event = await world.event({ capacity: 1000, fields: { maxPerBuyer: 1000 } });
  const buyer = await world.guest();
  const buy = async (i: number) => {
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
    const { body } = await buyer.client.post('/api/orders', {
      holdId: held.body.id,
      buyer: { name: 'Ada Osei', email: `${i}@crash.example` },
    });
    const { id, clientSecret } = body.payment;
    const card = { clientSecret, card: { number: cards.success } };
    expect((await buyer.client.post(`/api/sandbox/payments/${id}/confirmation`, card)).status).toBe(200);
  };
  for (let i = 0; i < orderCount; i += 20)
    await Promise.all(Array.from({ length: 20 }, (_, at) => buy(i + at)));
  await world.drain();
  const body = { reason: 'Storm.', refund: 'full' };
  const { client } = event.organiser;
  const cancelled = await client.post(`/api/events/${event.id}/cancellation`, body);
  expect(cancelled.body.orders.total).toBe(orderCount);

  const options = { connectionString: world.connectionString, dataDir, port: await freePort() };
  // Each process dies after another number of portions: with a portion written, committed, or between two.
  for (const [point, after] of [
    ['written', 1],
    ['committed', 0],
    ['written', 0],
  ] as const) {
    const child = await startChild(options);
    await child.dieAt(point, after);
    await child.ended;
  }
  const last = await startChild(options);
  const organiser = createClient(world.url);
  for (const [name, value] of client.cookies) organiser.cookies.set(name, value);
  const progress = async () => (await organiser.get(`/api/events/${event.id}/cancellation`)).body;
  await expect.poll(async () => (await progress()).state, { timeout: 150_000, interval: 500 }).toBe('done');
  await last.kill();
  await world.drain();
  expect((await progress()).orders).toEqual({ total: orderCount, done: orderCount, failed: 0 });
  const [sums] = await world.app.db.query<{ refunds: number; orders: number; minor: number }>(
    `select count(*)::int as refunds, count(distinct order_id)::int as orders, sum(amount_minor)::int as minor
     from refunds where event_id = $1 and status = 'succeeded'`,
    [event.id],
  );
  expect(sums).toEqual({ refunds: orderCount, orders: orderCount, minor: orderCount * 2500 });
  const [sent] = await world.app.db.query<{ count: number }>(
    'select count(*)::int as count from sandbox.refunds join sandbox.payments using (intent_ref) where event_id = $1',
    [event.id],
  );
  expect(sent?.count).toBe(orderCount);
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});
