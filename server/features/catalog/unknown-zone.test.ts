import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test.each(['+02:00', '-0330', 'Mars/Olympus', 'Europe/', ''])(
  'no event is in the zone %j',
  async (timeZone) => {
    const organiser = await world.organiser();
    const event = await world.event({ organiser });
    const answer = await organiser.client.patch(
      `/api/events/${event.id}`,
      { timeZone },
      { 'if-match': `"${event.version}"` },
    );
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: 'body.timeZone' }] } });
  },
);

// As after a restore to a server whose zones are older than the event.
test('an event in a zone that this server does not know is listed, sold, mailed and printed in UTC', async () => {
  const event = await world.event({ priceMinor: 0 });
  const neighbour = await world.event({ priceMinor: 0 });
  await world.app.db.run(
    `update events set time_zone = 'Mars/Olympus', version = version + 1 where id = $1`,
    [event.id],
  );
  const reader = world.client();
  const listed = (await reader.get('/api/events?limit=50')).body.items.map((each: { id: string }) => each.id);
  expect(listed).toEqual(expect.arrayContaining([event.id, neighbour.id]));

  const buyer = await world.user();
  const { orderId } = await buy(world, buyer, event, { buyer: { name: 'Ada', email: 'mars@example.com' } });
  await world.drain();
  for (const path of [
    `/api/events/${event.slug}`,
    `/api/events/${event.id}/calendar`,
    `/api/orders/${orderId}`,
    `/api/orders/${orderId}/tickets.pdf`,
    `/api/orders/${orderId}/event.ics`,
    '/api/orders',
  ])
    expect({ path, status: (await buyer.client.get(path)).status }).toEqual({ path, status: 200 });
  const { items } = (await reader.get('/api/mailbox?to=mars@example.com')).body;
  expect(items).toHaveLength(1);
});
