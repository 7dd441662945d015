import { afterAll, beforeAll, expect, test } from 'vitest';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { remindOfEvents } from './remind-of-events.ts';

/* When the people who hold tickets are reminded, as the organiser sets it (docs/tickets.md, "Reminders"). */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

let buyers = 0;
async function bought(event: TestEvent) {
  const email = `reminded${++buyers}@example.com`;
  const person = await world.user();
  return { email, person, ...(await buy(world, person, event, { buyer: { name: 'Ada', email } })) };
}

async function remindersTo(email: string): Promise<number> {
  await world.drain();
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  return items.filter(({ subject }: { subject: string }) => subject.startsWith('Soon:')).length;
}

const startOf = async ({ id }: TestEvent) =>
  Date.parse((await world.client().get(`/api/events/${id}`)).body.startsAt);

/** Moves the clock to so many hours before the start and looks for reminders twice, as the worker does every ten minutes. */
async function remindAt(event: TestEvent, hoursBefore: number): Promise<void> {
  world.clock.advance((await startOf(event)) - hours(hoursBefore) - world.clock.now().getTime());
  await remindOfEvents(world.app);
  await remindOfEvents(world.app);
}

async function change({ id, organiser: { client } }: TestEvent, fields: object) {
  const { version } = (await client.get(`/api/events/${id}/management`)).body;
  return client.patch(`/api/events/${id}`, fields, { 'if-match': `"${version}"` });
}

test('each reminder comes once, at its time, and finds those who bought after the one before', async () => {
  const event = await world.event({ priceMinor: 0, fields: { reminderHours: [3, 168, 3, 24] } });
  const { reminderHours } = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
  expect(reminderHours).toEqual([168, 24, 3]);
  const early = await bought(event);
  await remindAt(event, 169);
  expect(await remindersTo(early.email)).toBe(0);
  await remindAt(event, 168);
  expect(await remindersTo(early.email)).toBe(1);
  const late = await bought(event);
  await remindAt(event, 25);
  expect([await remindersTo(early.email), await remindersTo(late.email)]).toEqual([1, 0]);
  await remindAt(event, 24);
  expect([await remindersTo(early.email), await remindersTo(late.email)]).toEqual([2, 1]);
  await remindAt(event, 2);
  expect([await remindersTo(early.email), await remindersTo(late.email)]).toEqual([3, 2]);
});

test('an event that is sold late has one reminder, and a time that is set too late has none', async () => {
  const startsAt = new Date(world.clock.now().getTime() + hours(10));
  const fields = {
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + hours(4)).toISOString(),
    reminderHours: [168, 48, 24],
  };
  const event = await world.event({ priceMinor: 0, fields });
  const { email } = await bought(event);
  await remindAt(event, 9);
  expect(await remindersTo(email)).toBe(1);
  expect((await change(event, { reminderHours: [72, 48] })).status).toBe(200);
  await remindAt(event, 8);
  expect(await remindersTo(email)).toBe(1);
});

test('without hours nobody is reminded', async () => {
  const event = await world.event({ priceMinor: 0, fields: { reminderHours: [] } });
  const { email } = await bought(event);
  await remindAt(event, 24);
  await remindAt(event, 1);
  expect(await remindersTo(email)).toBe(0);
});

test.each([
  ['the organiser switches it off', (event: TestEvent) => change(event, { reminderHours: [168] })],
  [
    'the event has begun',
    async () => {
      world.clock.advance(days(1));
      return { status: 200 };
    },
  ],
])('a reminder that waits in the queue is not sent if %s', async (_, then) => {
  const event = await world.event({ priceMinor: 0 });
  const { email } = await bought(event);
  await remindAt(event, 24);
  expect((await then(event)).status).toBe(200);
  expect(await remindersTo(email)).toBe(0);
});

test('after a move to a later day, every reminder whose time is ahead again comes again', async () => {
  const event = await world.event({ priceMinor: 0, fields: { reminderHours: [168, 24] } });
  const { email } = await bought(event);
  await remindAt(event, 168);
  await remindAt(event, 24);
  expect(await remindersTo(email)).toBe(2);
  const startsAt = new Date((await startOf(event)) + days(3));
  const endsAt = new Date(startsAt.getTime() + hours(4));
  expect((await change(event, { startsAt, endsAt })).status).toBe(200);
  await world.drain();
  await remindAt(event, 90);
  expect(await remindersTo(email)).toBe(2);
  await remindAt(event, 24);
  expect(await remindersTo(email)).toBe(3);
});

test.each([[[0]], [[721]], [[1.5]], [Array.from({ length: 11 }, (_, i) => i + 1)]])(
  'the hours %j are refused',
  async (reminderHours) => {
    const event = await world.event();
    expect((await change(event, { reminderHours })).body.code).toBe('invalid_request');
  },
);
