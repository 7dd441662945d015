import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

/* The cache of an event saves reading. These tests show when a process must not use it. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const hold = (person: Person, event: TestEvent, quantity = 1, options: { url?: string; key?: string } = {}) =>
  person.client.post(
    `${options.url ?? ''}/api/events/${event.id}/holds`,
    { items: [{ ticketTypeId: event.ticketTypeId, quantity }] },
    options.key ? { 'idempotency-key': options.key } : {},
  );

/** Records the statements that a piece of work sends to PostgreSQL. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  // The sinks read too, in their own time.
  await world.app.relay.drain();
  const { query } = pg.Client.prototype;
  const seen: string[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string }];
    seen.push(typeof first === 'string' ? first : first.text);
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return seen;
}

test('new holds of an event that nobody else sells read nothing', async () => {
  const event = await world.event({ capacity: 50 });
  await hold(await world.guest(), event);
  const guest = await world.guest();
  const seen = await statementsOf(() => hold(guest, event, 1, { key: 'first' }));
  expect(seen.some((text) => text.includes('move_ledgers'))).toBe(true);
  expect(seen.some((text) => text.includes('from pools') || text.includes('from holds'))).toBe(false);
});

const order = (person: Person, holdId: string, url = '') =>
  person.client.post(`${url}/api/orders`, { holdId, buyer: { name: 'Ada', email: 'ada@example.com' } });

test('ordering or releasing a hold that this process placed reads no inventory', async () => {
  const event = await world.event({ capacity: 50, priceMinor: 0 });
  await hold(await world.guest(), event);
  const [ann, bob] = [await world.guest(), await world.guest()];
  const [anns, bobs] = [await hold(ann, event), await hold(bob, event)];
  const seen = await statementsOf(async () => {
    expect((await order(ann, anns.body.id)).body.order.status).toBe('confirmed');
    expect((await bob.client.delete(`/api/holds/${bobs.body.id}`)).status).toBe(204);
  });
  expect(
    seen.filter((text) => /from pools|from holds\s+where event_id|from ledgers where/.test(text)),
  ).toEqual([]);
  expect((await world.client().get(`/api/events/${event.id}/availability`)).body).toMatchObject({
    ticketTypes: [{ available: 48 }],
  });
});

test('two concurrent orders of a cached hold make one order', async () => {
  const event = await world.event({ capacity: 50 });
  await hold(await world.guest(), event);
  const ann = await world.guest();
  const placed = await hold(ann, event);
  const [first, second] = await Promise.all([order(ann, placed.body.id), order(ann, placed.body.id)]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.payment.id).toBe(first.body.payment.id);
});

test('a hold that another process released is not ordered from the cache', async () => {
  const event = await world.event({ capacity: 50 });
  const other = await world.another();
  await hold(await world.guest(), event);
  const [ann, bob] = [await world.guest(), await world.guest()];
  const [anns, bobs] = [await hold(ann, event), await hold(bob, event)];
  expect((await ann.client.delete(`${other.url}/api/holds/${anns.body.id}`)).status).toBe(204);
  expect((await order(ann, anns.body.id)).body.code).toBe('hold_ended');
  expect((await order(bob, bobs.body.id, other.url)).status).toBe(201);
  expect((await order(bob, bobs.body.id)).status).toBe(201);
  await other.close();
});

test('nobody orders or lets go of a hold that somebody else has', async () => {
  const event = await world.event({ capacity: 50 });
  await hold(await world.guest(), event);
  const [ann, eve] = [await world.guest(), await world.guest()];
  const placed = await hold(ann, event);
  expect((await order(eve, placed.body.id)).status).toBe(404);
  expect((await eve.client.delete(`/api/holds/${placed.body.id}`)).status).toBe(404);
  expect((await order(ann, placed.body.id)).status).toBe(201);
});

test('a retry finds what it made, though the event has sold out since', async () => {
  const event = await world.event({ capacity: 2 });
  const [ann, bob] = [await world.guest(), await world.guest()];
  const first = await hold(ann, event, 1, { key: 'mine' });
  await hold(bob, event, 1);
  const again = await hold(ann, event, 1, { key: 'mine' });
  expect(again.status).toBe(201);
  expect(again.body.id).toBe(first.body.id);
});

test('the limit counts places that a buyer held before the event was cached', async () => {
  const event = await world.event({ capacity: 50, fields: { maxPerBuyer: 3 } });
  const ann = await world.guest();
  await hold(ann, event, 2);
  const other = await world.another();
  expect((await hold(ann, event, 2, { url: other.url })).body.code).toBe('limit_reached');
  expect((await hold(ann, event, 1, { url: other.url })).status).toBe(201);
  expect((await hold(ann, event, 1)).body).toMatchObject({ code: 'limit_reached', have: 3 });
  await other.close();
});

test('the cache follows what another process sells and releases', async () => {
  const event = await world.event({ capacity: 3 });
  const other = await world.another();
  const people = await Promise.all(Array.from({ length: 6 }, () => world.guest()));
  const [a, b, c, d, e, f] = people as [Person, Person, Person, Person, Person, Person];
  expect((await hold(a, event)).status).toBe(201);
  const there = await hold(b, event, 2, { url: other.url });
  expect(there.status).toBe(201);
  expect((await hold(c, event)).body.code).toBe('sold_out');
  expect((await b.client.delete(`${other.url}/api/holds/${there.body.id}`)).status).toBe(204);
  expect((await hold(d, event, 2)).status).toBe(201);
  expect((await hold(e, event, 1, { url: other.url })).body.code).toBe('sold_out');
  await other.close();
  expect((await hold(f, event)).body.code).toBe('sold_out');
});

test('an edit of the event is seen by the next hold', async () => {
  const event = await world.event({ capacity: 5, priceMinor: 1000 });
  await hold(await world.guest(), event);
  await hold(await world.guest(), event);
  const { client } = event.organiser;
  const { version } = (await client.get(`/api/events/${event.id}/management`)).body;
  const unpublished = await client.delete(`/api/events/${event.id}/publication`, {
    'if-match': `"${version}"`,
  });
  expect(unpublished.status).toBe(200);
  expect((await hold(await world.guest(), event)).body.code).toBe('event_not_on_sale');
});

test('the first hold to run out is free for the next comer, and the one after that as well', async () => {
  const event = await world.event({ capacity: 2 });
  const people = await Promise.all(Array.from({ length: 5 }, () => world.guest()));
  const [a, b, c, d, e] = people as [Person, Person, Person, Person, Person];
  await hold(a, event);
  world.clock.advance(minutes(5));
  await hold(b, event);
  expect((await hold(c, event)).body.code).toBe('sold_out');
  world.clock.advance(minutes(5));
  expect((await hold(c, event)).status).toBe(201);
  expect((await hold(d, event)).body.code).toBe('sold_out');
  world.clock.advance(minutes(5));
  expect((await hold(e, event)).status).toBe(201);
});

test('a guest who opens an account keeps the limit they had', async () => {
  const event = await world.event({ capacity: 20, fields: { maxPerBuyer: 2 } });
  await hold(await world.guest(), event);
  const guest = await world.guest();
  await hold(guest, event, 2);
  const account = { name: 'Ada', email: 'ada-moves@example.com', password: 'a good long password' };
  expect((await guest.client.post('/api/auth/sign-up/email', account)).status).toBe(200);
  expect((await hold(guest, event)).body).toMatchObject({ code: 'limit_reached', have: 2 });
});

test('a decision from a stale cache leaves no seat taken', async () => {
  const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 6 }] });
  const other = await world.another();
  const people = await Promise.all(Array.from({ length: 4 }, () => world.guest()));
  const holdSeat = (i: number, url = '') =>
    people[i]!.client.post(`${url}/api/events/${event.id}/holds`, {
      seats: [{ seatId: seatId(event.id, i) }],
    });
  expect((await holdSeat(0)).status).toBe(201);
  expect((await holdSeat(1)).status).toBe(201);
  expect((await holdSeat(2, other.url)).status).toBe(201);
  // The first decision used a stale cache, the ledger refused it, and the second one started anew.
  expect((await holdSeat(3)).status).toBe(201);
  await other.close();
});
