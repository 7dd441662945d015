import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderId } from '../../../contract/ids.ts';
import type { ScoreReason } from '../../../contract/order-reviews.ts';
import { days, minutes } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { forgetOld } from '../../work/forget-old.ts';
import { scoreEarlierOrders } from './score-earlier-orders.ts';
import { scoreOrders } from './score-orders.ts';

/*
 * Orders are scored after they were bought, by what they share with other orders of the event, if the organiser has orders looked
 * at.
 */
let world: World;
beforeAll(async () => {
  world = await createWorld({ TRUST_PROXY: 'loopback' });
});
afterAll(() => world?.close());

interface Way {
  email: string;
  address: string;
  seconds?: number;
  card?: string;
}

const fields = { orderReview: { fromScore: 100 } };

/** Buys one ticket with a new guest account. */
async function buy(event: TestEvent, { email, address, seconds = 30, card = '4242424242424242' }: Way) {
  const { client } = await world.guest();
  const from = { 'x-forwarded-for': address };
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await client.post(`/api/events/${event.id}/holds`, { items }, from);
  world.clock.advance(seconds * 1000);
  const buyer = { name: 'Ada Osei', email };
  const { status, body } = await client.post('/api/orders', { holdId: hold.body.id, buyer }, from);
  expect(status, JSON.stringify(body)).toBe(201);
  if (body.payment) {
    const { id, clientSecret } = body.payment;
    await client.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card: { number: card } });
  }
  await world.drain();
  return body.order.id as OrderId;
}

const scoresOf = (orderId: OrderId) =>
  world.app.db.query<{ score: number; reasons: ScoreReason[] }>(
    'select score, reasons from order_scores where order_id = $1',
    [orderId],
  );

async function scoreOf(orderId: OrderId) {
  const rows = await scoresOf(orderId);
  expect(rows).toHaveLength(1);
  const [{ score, reasons }] = rows as [{ score: number; reasons: ScoreReason[] }];
  return { score, ...Object.fromEntries(reasons.map(({ signal, count }) => [signal, count])) };
}

test('one person with many accounts is found by card, addresses, browser and speed', async () => {
  const event = await world.event({ fields });
  const card = '5555555555554444';
  const bot = (n: number) =>
    buy(event, { email: `lucky${n}@example.com`, address: '192.0.2.7', card, seconds: 1 });
  const orders = [await bot(1), await bot(2), await bot(3), await bot(4)];
  expect(await scoreOf(orders[0] as OrderId)).toEqual({ score: 25, fast_order: 1 });
  expect(await scoreOf(orders[2] as OrderId)).toEqual({ score: 65, fast_order: 1, shared_card: 3 });
  expect(await scoreOf(orders[3] as OrderId)).toEqual({
    score: 100,
    fast_order: 1,
    shared_card: 4,
    address_pattern: 4,
    shared_browser: 4,
  });
  // Another person's card is another card.
  expect(
    await scoreOf(
      await buy(event, { email: 'eve@example.com', address: '192.0.2.9', card: '5555555555559007' }),
    ),
  ).toEqual({ score: 0 });
  // An ordinary buyer of the same sale, and the same person at another event.
  expect(await scoreOf(await buy(event, { email: 'ada@example.com', address: '192.0.2.8' }))).toEqual({
    score: 0,
  });
  const other = await world.event({ fields });
  expect(
    await scoreOf(await buy(other, { email: 'lucky5@example.com', address: '192.0.2.7', card })),
  ).toEqual({ score: 0 });
});

test('20 accounts may share a network; the browser that they share has few points', async () => {
  const event = await world.event({ priceMinor: 0, fields });
  let last = '' as OrderId;
  for (let n = 0; n < 20; n++)
    last = await buy(event, {
      email: `${'abcdefghijklmnopqrstuvwxyz'[n]}@example.com`,
      address: '192.0.2.9',
    });
  expect(await scoreOf(last)).toEqual({ score: 15, shared_browser: 20 });
  last = await buy(event, { email: 'z@example.com', address: '192.0.2.9' });
  expect(await scoreOf(last)).toEqual({ score: 35, shared_browser: 21, shared_network: 21 });
});

test('several orders of one account share nothing, and a repeated job changes nothing', async () => {
  const event = await world.event({ priceMinor: 0, fields });
  const ada = await world.user();
  const ids: OrderId[] = [];
  for (let n = 0; n < 5; n++) {
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const hold = await ada.client.post(`/api/events/${event.id}/holds`, { items });
    world.clock.advance(60_000);
    const buyer = { name: 'Ada Osei', email: 'ada7@example.com' };
    ids.push((await ada.client.post('/api/orders', { holdId: hold.body.id, buyer })).body.order.id);
  }
  await world.drain();
  for (const id of ids) expect(await scoreOf(id)).toEqual({ score: 0 });
  const orders = ids.map((orderId) => ({ orderId, network: null, card: null }));
  await scoreOrders(world.app, { eventId: event.id, orders });
  for (const id of ids) expect(await scoreOf(id)).toEqual({ score: 0 });
});

test('without looks at orders there are no scores; once there are, new orders are compared with all before', async () => {
  const event = await world.event();
  const card = '5555555555554444';
  const bot = (n: number) => buy(event, { email: `lucky${n}@example.com`, address: '192.0.2.11', card });
  const orders = [await bot(1), await bot(2), await bot(3)];
  for (const each of orders) expect(await scoresOf(each)).toEqual([]);
  const { client } = event.organiser;
  const headers = { 'if-match': `"${event.version}"` };
  expect((await client.patch(`/api/events/${event.id}`, fields, headers)).status).toBe(200);
  await world.drain();
  expect(await scoreOf(orders[2] as OrderId)).toEqual({ score: 40, shared_card: 3 });
  // The browser is one of a network, and the networks of the earlier orders are not known any more.
  expect(await scoreOf(await bot(4))).toEqual({ score: 70, shared_card: 4, address_pattern: 4 });
});

test('the job for earlier orders leaves an order whose tickets wait to its own job, which knows the network', async () => {
  const event = await world.event({ priceMinor: 0 });
  await switchLooks(event, fields);
  const { client } = await world.guest();
  const from = { 'x-forwarded-for': '192.0.2.12' };
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await client.post(`/api/events/${event.id}/holds`, { items }, from);
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const { body } = await client.post('/api/orders', { holdId: hold.body.id, buyer }, from);
  const orderId: OrderId = body.order.id;
  await scoreEarlierOrders(world.app, { eventId: event.id });
  expect(await scoresOf(orderId)).toEqual([]);
  await world.drain();
  expect(await scoresOf(orderId)).toHaveLength(1);
  // The pattern of the address, and the network.
  const marks = await world.app.db.query('select mark from order_marks where order_id = $1', [orderId]);
  expect(marks).toHaveLength(2);
});

test('an order that another process confirmed by the old terms is scored some minutes later', async () => {
  const event = await world.event({ priceMinor: 0 });
  await switchLooks(event, fields);
  await world.drain();
  const orderId = await buy(event, { email: 'ann@example.com', address: '192.0.2.13' });
  // As if the other process had not heard of the new terms.
  await world.app.db.query('delete from order_scores where order_id = $1', [orderId]);
  await world.drain();
  expect(await scoresOf(orderId)).toEqual([]);
  world.clock.advance(minutes(5));
  await world.drain();
  expect(await scoresOf(orderId)).toHaveLength(1);
});

test('whoever switches looks off and on again enqueues no more jobs', async () => {
  const event = await world.event({ priceMinor: 0 });
  const version = await switchLooks(event, fields);
  const off = await switchLooks({ ...event, version }, { orderReview: null });
  await switchLooks({ ...event, version: off }, fields);
  const jobs = await world.app.db.query(
    "select key from graphile_worker.jobs where task_identifier = 'score-earlier-orders' and key like '%' || $1 || '%'",
    [event.id],
  );
  expect(jobs).toHaveLength(2);
  await world.drain();
});

/** Changes whether orders are looked at. The event's new version. */
async function switchLooks(event: TestEvent, change: object): Promise<number> {
  const headers = { 'if-match': `"${event.version}"` };
  const changed = await event.organiser.client.patch(`/api/events/${event.id}`, change, headers);
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  return changed.body.version;
}

test('a score and its marks go in the night after the event, and hold no address', async () => {
  const event = await world.event({ priceMinor: 0, fields });
  await buy(event, { email: 'ann9@example.com', address: '192.0.2.10' });
  const count = async () => {
    const [row] = await world.app.db.query<{ marks: number; scores: number; text: string }>(
      `select (select count(*)::int from order_marks where event_id = $1) as marks,
        (select count(*)::int from order_scores where event_id = $1) as scores,
        (select string_agg(m::text, ' ') from order_marks m where event_id = $1) as text`,
      [event.id],
    );
    return row as { marks: number; scores: number; text: string };
  };
  const { text, ...before } = await count();
  expect(before).toEqual({ marks: 3, scores: 1 });
  expect(text).not.toMatch(/ann|example|192/);
  world.clock.advance(days(1));
  await forgetOld(world.app);
  expect(await count()).toMatchObject({ marks: 3, scores: 1 });
  world.clock.advance(days(60));
  await forgetOld(world.app);
  expect(await count()).toMatchObject({ marks: 0, scores: 0 });
});

test('of jobs that come at once, one that cannot be done fails alone', async () => {
  const event = await world.event({ priceMinor: 0 });
  const bot = (n: number) => buy(event, { email: `ann${n}@example.com`, address: '192.0.2.40' });
  const ids = [await bot(1), await bot(2), await bot(3)];
  const { db } = world.app;
  await db.run(`create function no_score() returns trigger language plpgsql as $$ begin
    if new.order_id = '${ids[1]}' then raise exception 'a test failed this score'; end if; return new; end $$`);
  await db.run(
    'create trigger no_score before insert on order_scores for each row execute function no_score()',
  );
  const job = (orderId: OrderId) =>
    scoreOrders(world.app, { eventId: event.id, orders: [{ orderId, network: null, card: null }] });
  const done = await Promise.allSettled(ids.map(job));
  await db.run('drop trigger no_score on order_scores');
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await Promise.all(ids.map(async (id) => (await scoresOf(id)).length))).toEqual([1, 0, 1]);
});
