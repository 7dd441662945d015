import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { eraseTransfers } from '../transfers/forget-transfers.ts';
import { offer } from '../transfers/testing/offer.ts';

/* The organiser sees everything that happened to a ticket. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('the history of an order has renames, transfers and exchanges: from, to, difference, who and when', async () => {
  const event = await world.event({
    fields: {
      exchanges: { allowed: true },
      pools: [{ key: 'floor', name: 'Floor', capacity: 20 }],
      ticketTypes: [
        { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
        { name: 'Student', priceMinor: 1000, pools: ['floor'] },
        { name: 'Circle', priceMinor: 6000, pools: ['floor'] },
      ],
    },
  });
  const typeId = (name: string) => event.ticketTypes.find((type) => type.name === name)?.id;
  const [buyer, friend] = await Promise.all([world.guest(), world.guest()]);
  const { orderId, tickets } = await buy(world, buyer, event, {
    quantity: 2,
    buyer: { name: 'Ada Osei', email: 'ada-history@example.com' },
  });
  const [one, two] = tickets.map(({ id }) => id);
  const team = event.organiser.client;
  const tick = () => world.clock.advance(1_000);
  const rename = (client: typeof team, name: string) => client.put(`/api/tickets/${one}/attendee`, { name });
  expect((await rename(buyer.client, 'Grace')).status).toBe(200);
  tick();
  expect((await rename(team, 'Grace Hopper')).status).toBe(200);
  tick();
  const { id, secret } = await offer(world, buyer, one!, { email: 'friend-history@example.com' });
  await friend.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Zoë Ångström' });
  tick();
  const cheaper = await buyer.client.post(`/api/tickets/${two}/exchanges`, {
    ticketTypeId: typeId('Student'),
  });
  expect(cheaper.status).toBe(201);
  tick();
  const next = cheaper.body.order.tickets[0].id;
  const dearer = await buyer.client.post(`/api/tickets/${next}/exchanges`, {
    ticketTypeId: typeId('Circle'),
  });
  expect(dearer.status).toBe(201);
  tick();
  const byTeam = await team.post(`/api/tickets/${one}/exchanges`, { ticketTypeId: typeId('Circle') });
  expect(byTeam.status).toBe(201);

  const kinds = ['transfer', 'rename', 'exchange', 'resale'];
  /** What happened to the tickets, the oldest first. */
  const historyOf = async (of: string) =>
    (await team.get(`/api/orders/${of}/history`)).body.items
      .filter(({ kind }: { kind: string }) => kinds.includes(kind))
      .toReversed();
  const items = await historyOf(orderId);
  expect(items).toMatchObject([
    { kind: 'rename', ticketId: one, by: 'holder', rename: { from: null, to: 'Grace' } },
    { kind: 'rename', ticketId: one, by: 'organiser', rename: { from: 'Grace', to: 'Grace Hopper' } },
    {
      kind: 'transfer',
      ticketId: one,
      byName: 'Ada Osei',
      became: 'offered',
      transfer: { status: 'accepted', to: { name: 'Zoë Ångström' } },
    },
    { kind: 'transfer', ticketId: one, byName: 'Zoë Ångström', became: 'accepted' },
    {
      kind: 'exchange',
      ticketId: two,
      by: 'holder',
      byName: 'Ada Osei',
      exchange: {
        fromOrderId: orderId,
        toOrderId: cheaper.body.order.id,
        from: { ticketTypeName: 'Regular' },
        to: { ticketTypeName: 'Student' },
        status: 'done',
        pay: { amount: 0 },
        back: { amount: 1500 },
      },
    },
    {
      kind: 'exchange',
      ticketId: one,
      by: 'organiser',
      exchange: { to: { ticketTypeName: 'Circle' }, status: 'done', pay: { amount: 0 }, back: { amount: 0 } },
    },
  ]);
  expect(items[1].byName).toMatch(/^Person /);
  expect(items[5].byName).toBe(items[1].byName);
  // The order of an exchange has the exchange by which it came, and the next one.
  expect(await historyOf(cheaper.body.order.id)).toMatchObject([
    { exchange: { back: { amount: 1500 } } },
    { ticketId: next, exchange: { status: 'pending', pay: { amount: 5000 } } },
  ]);
  await buyer.client.post(`/api/orders/${dearer.body.order.id}/cancellation`);
  expect((await historyOf(dearer.body.order.id))[0].exchange.status).toBe('ended');

  // The audit log has the team's acts too. They are said once.
  const all = (await team.get(`/api/orders/${orderId}/history`)).body.items;
  expect(all.filter(({ act = '' }: { act?: string }) => act.startsWith('ticket.'))).toEqual([]);
  // Only the team of the event sees it, and the names go with those of the buyers.
  expect((await buyer.client.get(`/api/orders/${orderId}/history`)).status).toBe(404);
  await world.app.db.transaction(async (trx) => eraseTransfers(trx, event.id as `evt_${string}`, [orderId]));
  const erased = await historyOf(orderId);
  expect(erased[1].rename).toEqual({ from: null, to: null });
});
