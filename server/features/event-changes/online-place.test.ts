import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const nowhere = { name: '', address: '', city: '', country: '', latitude: null, longitude: null };

/** A draft without a place. */
async function draft() {
  const event = await world.event({ publish: false, fields: { venue: nowhere } });
  const { client } = event.organiser;
  const management = async () => (await client.get(`/api/events/${event.id}/management`)).body;
  const quoted = async () => ({ 'if-match': `"${(await management()).version}"` });
  let version = 0;
  const attends = async (attendance: string) => {
    const answer = await client.put(
      `/api/events/${event.id}/online-access`,
      { attendance },
      { 'if-match': `"${version}"` },
    );
    if (answer.status === 200) version++;
    return answer;
  };
  const publish = async () => client.post(`/api/events/${event.id}/publication`, undefined, await quoted());
  return { event, management, attends, publish };
}

test('an event that is only online is published without a place, and every page and mail does without one', async () => {
  const { event, management, attends, publish } = await draft();
  const missing = ['venue', 'city', 'country'];
  const gaps = async () => (await management()).gaps.map(({ code }: { code: string }) => code);
  expect(await gaps()).toEqual(missing);
  expect((await attends('mixed')).status).toBe(200);
  expect(await gaps()).toEqual(missing);
  expect((await publish()).body.code).toBe('event_not_publishable');
  expect((await attends('online')).status).toBe(200);
  expect(await gaps()).toEqual([]);
  expect((await publish()).status).toBe(200);

  const stranger = world.client();
  const { cities } = (await stranger.get('/api/event-filters')).body;
  expect(cities.map(({ city }: { city: string }) => city)).not.toContain('');
  const ada = await world.guest();
  const email = 'ada.online@example.com';
  const bought = await buy(world, ada, event, { buyer: { name: 'Ada', email } });
  const order = (await ada.client.get(`/api/orders/${bought.orderId}`)).body;
  expect([order.event.venueName, order.event.city]).toEqual(['Online', '']);
  const { items } = (await world.client().get(`/api/mailbox?to=${email}`)).body;
  const mail = (await world.client().get(`/api/mailbox/${items[0].id}`)).body;
  expect(mail.text).toMatch(/Where: .?Online/);
});

test('an event on sale that is only online cannot be moved to a place that nobody has said', async () => {
  const { attends, publish } = await draft();
  await attends('online');
  expect((await publish()).status).toBe(200);
  for (const attendance of ['in-person', 'mixed'])
    expect((await attends(attendance)).body).toMatchObject({
      code: 'event_not_publishable',
      gaps: [{ code: 'venue' }, { code: 'city' }, { code: 'country' }],
    });
  expect((await attends('online')).status).toBe(200);
});
