import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1', TRUST_PROXY: 'loopback' });
});
afterAll(() => world.close());

const mailsTo = async (address: string): Promise<{ subject: string }[]> => {
  await world.drain();
  return (await world.client().get(`/api/mailbox?to=${encodeURIComponent(address)}`)).body.items;
};

let networks = 0;
/** A client from its own network. */
function stranger(): { client: Client; from: Record<string, string> } {
  networks++;
  return { client: world.client(), from: { 'x-forwarded-for': `198.51.${networks >> 8}.${networks & 255}` } };
}

async function orderFree(event: TestEvent, email: string, of = stranger()) {
  const { client, from } = of;
  if (!client.cookie()) await client.post('/api/auth/sign-in/anonymous', {}, from);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await client.post(`/api/events/${event.id}/holds`, { items }, from);
  const placed = await client.post(
    '/api/orders',
    { holdId: held.body.id, buyer: { name: 'Eve', email } },
    from,
  );
  expect(placed.status, JSON.stringify([held.body, placed.body])).toBe(201);
  return { client, orderId: placed.body.order.id as string };
}

test('free orders of many strangers write to one person ten times, then one by one, and a day later no more', {
  timeout: 180_000,
}, async () => {
  const event = await world.event({ fields: { maxPerBuyer: 100 }, priceMinor: 0 });
  const address = 'victim@example.com';
  let last = await orderFree(event, address);
  for (let index = 1; index < 24; index++)
    last = await orderFree(event, index % 2 ? address : 'Victim@Example.com');
  expect((await mailsTo(address)).length).toBe(10);
  const listed = (await event.organiser.client.get(`/api/events/${event.id}/messages`)).body;
  expect(listed.counts).toMatchObject({ waiting: 14, withheld: 0, sent: 10 });
  // The tickets exist all the same.
  const shown = await last.client.get(`/api/orders/${last.orderId}`);
  expect(shown.body).toMatchObject({ status: 'confirmed' });
  expect(shown.body.tickets.length).toBe(1);
  world.clock.advance(hours(2.5));
  expect((await mailsTo(address)).length).toBe(11);
  for (let passed = 0; passed < 48; passed += 2.5) {
    world.clock.advance(hours(2.5));
    await world.drain();
  }
  const all = await mailsTo(address);
  expect(all.length).toBeGreaterThan(11);
  expect(all.length).toBeLessThanOrEqual(20);
  const { values } = await world.app.metrics.mailsWithheld.get();
  const withheld = values.reduce((sum, { value }) => sum + value, 0);
  expect(withheld).toBe(24 - all.length);
  // The organiser sees each mail that was withheld, and why.
  const { items, counts } = (
    await event.organiser.client.get(`/api/events/${event.id}/messages?state=withheld`)
  ).body;
  expect(counts).toMatchObject({ waiting: 0, withheld, sent: all.length });
  expect(items).toHaveLength(withheld);
  expect(items[0]).toMatchObject({
    kind: 'order-confirmed',
    recipient: address,
    error: 'This address gets at most 10 mails of this kind in 24 hours.',
    sentAt: null,
    canBeResent: true,
  });
  const resent = await event.organiser.client.post(
    `/api/events/${event.id}/messages/${items[0].id}/resends`,
    {},
  );
  expect(resent.body).toMatchObject({ state: 'waiting', error: null });
  await world.drain();
  expect((await mailsTo(address)).length).toBe(all.length + 1);

  // Cancelling causes one more mail per order, from the same budget.
  const before = (await mailsTo(address)).length;
  for (let index = 0; index < 12; index++) {
    const { client, orderId } = await orderFree(event, address);
    expect((await client.post(`/api/orders/${orderId}/cancellation`, {})).status).toBeLessThan(300);
  }
  expect((await mailsTo(address)).length - before).toBeLessThanOrEqual(10);
});

test('a paid order is always written about', { timeout: 120_000 }, async () => {
  const free = await world.event({ fields: { maxPerBuyer: 100 }, priceMinor: 0 });
  const paid = await world.event({ fields: { maxPerBuyer: 100 }, priceMinor: 2500 });
  const address = 'payer@example.com';
  for (let index = 0; index < 12; index++) await orderFree(free, address);
  expect((await mailsTo(address)).length).toBe(10);
  await buy(world, await world.guest(), paid, { quantity: 1, buyer: { name: 'Payer', email: address } });
  expect((await mailsTo(address)).length).toBe(11);
});

test('whoever has proved the address gets a mail for each free order', { timeout: 120_000 }, async () => {
  const { client, email } = await world.user();
  for (let index = 0; index < 14; index++) {
    await orderFree(await world.event({ fields: { maxPerBuyer: 100 }, priceMinor: 0 }), email, {
      client,
      from: {},
    });
  }
  expect((await mailsTo(email)).length).toBe(14);
});

test('links that strangers ask for are six, then one every two hours', { timeout: 120_000 }, async () => {
  const { email } = await world.user();
  for (let index = 0; index < 12; index++) {
    const { client, from } = stranger();
    const asked = await client.post('/api/auth/request-password-reset', { email }, from);
    expect(asked.status).toBe(200);
    await world.drain();
  }
  expect((await mailsTo(email)).length).toBe(6);
  world.clock.advance(hours(2));
  const { client, from } = stranger();
  await client.post('/api/auth/request-password-reset', { email }, from);
  expect((await mailsTo(email)).length).toBe(7);
});
