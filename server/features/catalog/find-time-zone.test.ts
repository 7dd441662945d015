import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';
import { createDesk, room } from './testing/drafts.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

test.each([
  ['Berlin', 'DE', 'Europe/Berlin'],
  ['munich', 'DE', 'Europe/Berlin'],
  ['Lisboa', 'PT', 'Europe/Lisbon'],
  ['東京', undefined, 'Asia/Tokyo'],
  // One name in two countries.
  ['London', 'GB', 'Europe/London'],
  ['London', 'CA', 'America/Toronto'],
  // A small town has the zone of its country, if there is only one.
  ['Hintertupfing', 'DE', 'Europe/Berlin'],
  ['Nowhere Springs', 'US', null],
  ['Nowhere Springs', undefined, null],
  ['Berlin', 'JP', 'Asia/Tokyo'],
])('the time zone of %s in %s is %s', async (city, country, timeZone) => {
  const query = new URLSearchParams({ city, ...(country && { country }) });
  const { status, body } = await world.client().get(`/api/time-zones?${query}`);
  expect(status).toBe(200);
  expect(body).toEqual({ timeZone });
});

test('a seat layout is read as it was written, by the team and by nobody else', async () => {
  const house = await world.organiser();
  const desk = createDesk(world, house);
  const seatLayout = room();
  const types = [{ name: 'Front', priceMinor: 3000, zone: 'front' }];
  const { body: event } = await desk.create({ seatLayout, pools: [], ticketTypes: types });
  const path = `/api/events/${event.id}/seat-layout`;
  expect((await house.client.get(path)).body).toEqual(seatLayout);
  expect((await (await world.member(house, 'door')).client.get(path)).body).toEqual(seatLayout);
  expect((await (await world.organiser()).client.get(path)).status).toBe(404);
  const { body: plain } = await desk.create();
  expect((await house.client.get(`/api/events/${plain.id}/seat-layout`)).body.code).toBe('not_found');
});
