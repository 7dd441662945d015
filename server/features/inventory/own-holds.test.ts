import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const place = async ({ client }: Person, event: TestEvent, quantity: number): Promise<string> => {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity }];
  return (await client.post(`/api/events/${event.id}/holds`, { items })).body.id;
};
const idsOf = async ({ client }: Pick<Person, 'client'>, event: TestEvent): Promise<string[]> =>
  (await client.get(`/api/events/${event.id}/holds`)).body.items.map(({ id }: { id: string }) => id);

test('an account finds its holds of an event from any session, and nobody else does', async () => {
  const [event, other] = [await world.event(), await world.event()];
  const [ada, bob] = [await world.user(), await world.guest()];
  const [early, elsewhere] = [await place(ada, event, 1), await place(ada, other, 1)];
  world.clock.advance(minutes(1));
  const late = await place(ada, event, 2);
  const phone = world.client();
  await phone.post('/api/auth/sign-in/email', { email: ada.email, password: testPassword });
  expect(await idsOf({ client: phone }, event)).toEqual([late, early]);
  expect(await idsOf(ada, other)).toEqual([elsewhere]);
  expect(await idsOf(bob, event)).toEqual([]);
  const { items } = (await phone.get(`/api/events/${event.id}/holds`)).body;
  const { now: _, ...hold } = (await ada.client.get(`/api/holds/${late}`)).body;
  expect(items[0]).toMatchObject(hold);
});

test('holds that were given back or have run out are not listed, and an ordered one is', async () => {
  const event = await world.event();
  const ada = await world.user();
  const [released, ordered] = [await place(ada, event, 1), await place(ada, event, 1)];
  await ada.client.delete(`/api/holds/${released}`);
  const buyer = { name: 'Ada Osei', email: ada.email };
  expect((await ada.client.post('/api/orders', { holdId: ordered, buyer })).status).toBe(201);
  expect(await idsOf(ada, event)).toEqual([ordered]);
  world.clock.advance(minutes(60));
  expect(await idsOf(ada, event)).toEqual([]);
});
