import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createServer } from '../../http/server.ts';
import { eventHead } from '../../pages/event-head.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

/* What everybody sees of a cancelled or moved event: in lists, for search engines, and on open pages. */
let world: World;
let url: string;
let http: Awaited<ReturnType<typeof createServer>>;
beforeAll(async () => {
  world = await createWorld();
  http = await createServer(world.app);
  url = await http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await http.close();
  await world.close();
});

const cancel = ({ organiser: { client }, id }: TestEvent) =>
  client.post(`/api/events/${id}/cancellation`, { reason: 'Flood.', refund: 'full' });
async function change(event: TestEvent, patch: object) {
  const { organiser, id } = event;
  const { client } = organiser;
  const { version } = (await client.get(`/api/events/${id}/management`)).body;
  const answer = await client.patch(`/api/events/${id}`, patch, { 'if-match': `"${version}"` });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
const read = async ({ id }: TestEvent) => (await world.client().get(`/api/events/${id}`)).body;
const later = (instant: string, days: number) =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString();
const dataOf = (event: Parameters<typeof eventHead>[0]) =>
  eventHead(event, 'https://tickets.example', world.clock.now()).data;

test('a cancelled event is found until its end and says that it is cancelled, and nobody is sent to it', async () => {
  const event = await world.event({ fields: { title: 'Quartz Recital' } });
  const find = async (query = 'q=quartz') => (await world.client().get(`/api/events?${query}`)).body.items;
  expect(await find()).toMatchObject([{ id: event.id, status: 'published', movedFrom: null }]);
  await cancel(event);
  expect(await find()).toMatchObject([{ id: event.id, status: 'cancelled' }]);
  for (const sort of ['date', 'price', 'newest'])
    expect(await find(`sort=${sort}&organisation=${event.organiser.organisationId}`)).toMatchObject([
      { status: 'cancelled' },
    ]);
  const { body } = await world.client().post('/api/recommendations', { viewed: [event.id] });
  expect(JSON.stringify(body)).not.toContain(event.id);
  expect(dataOf(await read(event))).toMatchObject({ eventStatus: 'https://schema.org/EventCancelled' });
  world.clock.advance(400 * 86_400_000);
  expect(await find()).toEqual([]);
  world.clock.advance(-400 * 86_400_000);
});

test('a moved event says when and where it would have been, in lists and to search engines', async () => {
  const event = await world.event({ fields: { title: 'Basalt Recital' } });
  const first = await read(event);
  const shown = async () => {
    const { items } = (await world.client().get('/api/events?q=basalt')).body;
    return { list: items[0].movedFrom, page: (await read(event)).movedFrom };
  };
  const { startsAt, endsAt, timeZone, venue } = first;
  expect(dataOf(first)).toMatchObject({ eventStatus: 'https://schema.org/EventScheduled' });
  expect(dataOf(first)).not.toHaveProperty('previousStartDate');
  // A longer evening is no other date.
  await change(event, { endsAt: later(endsAt, 0.02) });
  expect(await shown()).toEqual({ list: null, page: null });

  const before = { startsAt, timeZone, venueName: venue.name, city: venue.city };
  await change(event, { startsAt: later(startsAt, 7), endsAt: later(endsAt, 7) });
  expect(await shown()).toEqual({ list: before, page: before });
  const moved = dataOf(await read(event)) as { previousStartDate: string };
  expect(moved).toMatchObject({ eventStatus: 'https://schema.org/EventRescheduled' });
  // To the second, as a start is written there.
  const toSecond = Math.floor(Date.parse(startsAt) / 1000) * 1000;
  expect(Date.parse(moved.previousStartDate)).toBe(toSecond);

  // Another place at the same time is no other date either.
  await change(event, { venue: { ...venue, name: 'Turbine Hall' } });
  const again = { ...before, startsAt: later(startsAt, 7) };
  expect(await shown()).toEqual({ list: again, page: again });
  expect(dataOf(await read(event))).toMatchObject({ eventStatus: 'https://schema.org/EventScheduled' });

  await change(event, { startsAt: later(startsAt, 9), endsAt: later(endsAt, 9) });
  await cancel(event);
  expect(dataOf(await read(event))).toMatchObject({
    eventStatus: 'https://schema.org/EventCancelled',
    previousStartDate: expect.any(String),
  });
});

test('open pages of the event hear that it was moved and cancelled, and pages of others do not', async () => {
  const [event, other] = [await world.event(), await world.event()];
  const live = await openLive(url, { event: event.id });
  const elsewhere = await openLive(url, { event: other.id });
  const { startsAt, endsAt } = await read(event);
  await change(event, { startsAt: later(startsAt, 1), endsAt: later(endsAt, 1) });
  const moved = { type: 'admit.event.moved.v1', eventId: event.id };
  await vi.waitFor(() => expect(live.told('event')).toEqual([moved]), 10_000);
  await cancel(event);
  await cancel(event);
  const cancelled = { type: 'admit.event.cancelled.v1', eventId: event.id };
  await vi.waitFor(() => expect(live.told('event')).toEqual([moved, cancelled]), 10_000);
  await cancel(other);
  await vi.waitFor(() => expect(elsewhere.told('event')).toHaveLength(1), 10_000);
  expect(live.told('event')).toHaveLength(2);
  // A draft has no page.
  const draft = await world.event({ publish: false });
  const drafts = await openLive(url, { event: draft.id });
  await change(draft, { startsAt: later(startsAt, 2), endsAt: later(endsAt, 2) });
  await cancel(await world.event());
  expect(drafts.told('event')).toEqual([]);
});
