import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Rehearsal } from '../../../contract/rehearsals.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { freePlaces } from './rehearsals.ts';

/* An organiser rehearses a sale: the figures come from the event's own terms, and nothing of the event changes. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const path = (event: TestEvent) => `/api/events/${event.id}/rehearsals`;
const rehearse = (event: TestEvent, wishes: object) => {
  // Ids of one millisecond have no order.
  world.clock.advance(1);
  return event.organiser.client.post(path(event), wishes);
};
const latest = async (event: TestEvent): Promise<Rehearsal> => {
  await world.drain();
  return (await event.organiser.client.get(path(event))).body.items[0];
};

test('plays the sale of a full house, and leaves the event as it is', async () => {
  const event = await world.event({ capacity: 120, fields: { maxPerBuyer: 2 } });
  const before = (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes;
  const asked = await rehearse(event, { people: 600, bots: 0.2, peoplePerMinute: 60 });
  expect([asked.status, asked.body.status, asked.body.figures]).toEqual([202, 'waiting', null]);
  expect((await rehearse(event, { people: 50 })).body.code).toBe('rehearsal_under_way');
  const { status, figures } = await latest(event);
  expect(status).toBe('done');
  expect(figures).toMatchObject({ places: 120, brokenPromises: [] });
  // Nobody buys more than two, so 60 people at least had a turn.
  expect((figures?.admitted.honest ?? 0) + (figures?.admitted.bots ?? 0)).toBeGreaterThanOrEqual(60);
  expect(figures?.sold).toBeGreaterThan(110);
  expect(figures?.sold).toBe((figures?.tickets.honest ?? 0) + (figures?.tickets.bots ?? 0));
  expect(figures?.longestQueue).toBeGreaterThan(300);
  // At 60 a minute nobody is let in faster.
  const opened = figures?.minutes.filter(({ minute }) => minute >= 0) ?? [];
  for (const [i, { admitted }] of opened.entries())
    expect(admitted - (opened[i - 1]?.admitted ?? 0)).toBeLessThanOrEqual(62);
  expect((await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes).toEqual(before);
  const counts = await world.app.db.query(
    `select (select count(*)::int from holds where event_id = $1) as holds, (select count(*)::int from orders where event_id = $1) as orders`,
    [event.id],
  );
  expect(counts).toEqual([{ holds: 0, orders: 0 }]);
});

test('the same seed gives the same figures, and another pace others', async () => {
  const event = await world.event({ capacity: 400 });
  const wishes = { people: 300, bots: 0.3, peoplePerMinute: 20, seed: 7 };
  await rehearse(event, wishes);
  const first = (await latest(event)).figures;
  await rehearse(event, wishes);
  expect((await latest(event)).figures).toEqual(first);
  await rehearse(event, { ...wishes, peoplePerMinute: 600 });
  const faster = (await latest(event)).figures;
  // With one person in three seconds fewer have bought after a minute.
  const soldBy = (of: typeof first) => of?.minutes.filter(({ minute }) => minute < 1).at(-1)?.sold ?? 0;
  expect(faster).not.toEqual(first);
  expect(soldBy(faster)).toBeGreaterThan(soldBy(first));
});

test('an event without free places, a cancelled one and a foreign team are refused', async () => {
  const full = await world.event({ capacity: 1 });
  const buyer = await world.guest();
  const items = [{ ticketTypeId: full.ticketTypeId, quantity: 1 }];
  const hold = (await buyer.client.post(`/api/events/${full.id}/holds`, { items })).body;
  const details = { holdId: hold.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } };
  const { payment } = (await buyer.client.post('/api/orders', details)).body;
  const card = { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } };
  await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
  await world.drain();
  expect((await rehearse(full, { people: 50 })).body.code).toBe('sold_out');
  const stranger = await world.organiser();
  expect((await stranger.client.post(path(full), { people: 50 })).status).toBe(404);
  const cancelled = await world.event();
  await cancelled.organiser.client.post(`/api/events/${cancelled.id}/cancellation`, {
    reason: 'The band is ill',
    refund: 'full',
  });
  expect((await rehearse(cancelled, { people: 50 })).body.code).toBe('event_cancelled');
});

test('a pool of several ticket types counts once', () => {
  const pools = [
    { id: 'a', capacity: 10, sold: 2, blocked: 1 },
    { id: 'b', capacity: 5, sold: 0, blocked: 0 },
  ];
  expect(freePlaces([{ poolIds: ['a'] }, { poolIds: ['a'] }, { poolIds: ['b'] }], pools)).toBe(12);
  expect(freePlaces([{ poolIds: ['a', 'b'] }], pools)).toBe(5);
});
