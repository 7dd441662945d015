import { afterAll, beforeAll, expect, test } from 'vitest';
import { days } from '../../testing/clock.ts';
import { startSmsService, type TestSmsService } from '../../testing/sms-service.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';

/* SMS to people who only wait: they have no order, so the consent to their number is all that counts. */
let world: World;
let service: TestSmsService;
beforeAll(async () => {
  service = await startSmsService();
  world = await createWorld({ ...service.env, SMS_PREFIXES: '+49' });
  service.now = () => world.clock.now();
  // SMS rest at night.
  const now = world.clock.now();
  const noon = new Date(`${now.toISOString().slice(0, 10)}T11:00:00Z`);
  world.clock.advance(noon.getTime() - now.getTime() + (noon < now ? days(1) : 0));
});
afterAll(async () => {
  await world.close();
  await service.close();
});

let numbers = 0;
/** A person with a number, who has confirmed it or not. */
async function withNumber(confirms: boolean): Promise<{ person: Person; number: string }> {
  const person = await world.user();
  const number = `+4915200000${++numbers}`.padEnd(14, '7');
  const path = '/api/me/phone-number';
  expect((await person.client.put(path, { number, consents: true })).status).toBe(200);
  const code = /^\d{6}/.exec(service.textsTo(number).at(-1) ?? '')?.[0];
  if (confirms) expect((await person.client.post(`${path}/confirmation`, { code })).status).toBe(200);
  return { person, number };
}
/** The texts that a number got after its code. */
const textsTo = (number: string) => service.textsTo(number).filter((text) => !/^\d{6} /.test(text));

async function soldOutFor(people: Person[]): Promise<TestEvent> {
  const event = await world.event({ capacity: 1, priceMinor: 0, fields: { title: 'Night Shift' } });
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const holder = await world.user();
  expect((await holder.client.post(`/api/events/${event.id}/holds`, { items })).status).toBe(201);
  for (const { client } of people)
    expect((await client.post(`/api/events/${event.id}/waitlist`, items[0])).status).toBe(201);
  return event;
}

test('whoever waits hears once that the event was moved, and that it was cancelled, if they confirmed their number', async () => {
  const waiting = await withNumber(true);
  const unconfirmed = await withNumber(false);
  const off = await withNumber(true);
  const choices = [
    { kind: 'event-moved', channel: 'sms', wanted: false },
    { kind: 'event-cancelled', channel: 'sms', wanted: false },
  ];
  expect((await off.person.client.patch('/api/me/message-choices', { choices })).status).toBe(200);
  const event = await soldOutFor([waiting.person, unconfirmed.person, off.person]);
  const { client } = event.organiser;
  const { body } = await client.get(`/api/events/${event.id}/management`);
  const moved = { venue: { ...body.venue, name: 'The Other Hall' } };
  const headers = { 'if-match': `"${body.version}"` };
  expect((await client.patch(`/api/events/${event.id}`, moved, headers)).status).toBe(200);
  await world.drain();
  expect(textsTo(waiting.number)).toEqual([expect.stringContaining('The Other Hall')]);
  const reason = { reason: 'The singer is ill.', refund: 'full' };
  expect((await client.post(`/api/events/${event.id}/cancellation`, reason)).status).toBe(202);
  await sweepHolds(world.app);
  await world.drain();
  await world.drain();
  expect(textsTo(waiting.number)).toEqual([
    expect.stringContaining('The Other Hall'),
    expect.stringMatching(/^Night Shift .* cancelled/),
  ]);
  expect(textsTo(unconfirmed.number)).toEqual([]);
  expect(textsTo(off.number)).toEqual([]);
});
