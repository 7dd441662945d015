import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { cards } from '../payments/testing/purchase.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('figures have tickets and extras apart, and money of both', async () => {
  const products = [{ name: 'T-shirt', variants: [{ name: 'M', priceMinor: 2000, stock: 9 }] }];
  const event = await world.event({ capacity: 10, fields: { products } });
  const { body } = await world.client().get(`/api/events/${event.id}`);
  const variant = body.products[0].variants[0].id;
  const ada = await world.guest();
  const held = await ada.client.post(`/api/events/${event.id}/holds`, {
    items: [
      { ticketTypeId: event.ticketTypeId, quantity: 1 },
      { ticketTypeId: variant, quantity: 3 },
    ],
  });
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const { order, payment } = (await ada.client.post('/api/orders', { holdId: held.body.id, buyer })).body;
  await ada.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card: { number: cards.success },
  });
  await world.drain();
  const { tickets } = (await ada.client.get(`/api/orders/${order.id}`)).body;
  await ada.client.post(`/api/orders/${order.id}/cancellation`, { tickets: [tickets[3].id] });
  // What a cancellation would concern: people, and the money of everything.
  const sales = await event.organiser.client.get(`/api/events/${event.id}/sales`);
  expect(sales.body).toMatchObject({ tickets: 1, refundable: { amount: 2500 + 2 * 2000 } });
  const { code } = (await ada.client.get(`/api/tickets/${tickets[1].id}`)).body;
  const settings = await event.organiser.client.get(`/api/events/${event.id}/door-settings`);
  const scanned = await event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code,
    nonce: 'figures-0001',
    checkpointId: settings.body.checkpoints[0].id,
  });
  expect(scanned.status).toBe(201);
  await world.drain();
  const figures = await event.organiser.client.get(`/api/events/${event.id}/dashboard`);
  expect(figures.body).toMatchObject({
    counts: { capacity: 10, sold: 1, free: 9, admitted: 0 },
    revenue: { gross: { amount: 2500 + 3 * 2000 }, refunds: { amount: 2000 } },
    byTicketType: [{ name: 'Regular', tickets: 1, gross: { amount: 2500 } }],
    byExtra: [{ name: 'T-shirt, M', tickets: 2, admitted: 1, gross: { amount: 6000 } }],
  });
  const points: { tickets: number }[] = figures.body.sales.points;
  expect(points.reduce((sum, point) => sum + point.tickets, 0)).toBe(1);
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});
