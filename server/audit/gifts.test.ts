import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueCard } from '../features/gift-card-desk/testing/gift-cards.ts';
import { cards, purchase } from '../features/payments/testing/purchase.ts';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** A card that has paid a part of one order, got some of it back, and has reserved the rest for another order. */
beforeAll(async () => {
  world = await createWorld();
  const event = await world.event({ capacity: 10, priceMinor: 2500 });
  const { code } = await issueCard(event.organiser, 2000);
  const order = await purchase(world, event, { giftCards: [code] });
  await order.pay(cards.success);
  await world.drain();
  const body = { reason: 'Ill', amount: { amount: 1500, currency: 'EUR' } };
  const refund = await event.organiser.client.post(`/api/orders/${order.orderId}/refunds`, body);
  expect(refund.status, JSON.stringify(refund.body)).toBe(201);
  await world.drain();
  await purchase(world, event, { giftCards: [code] });
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('healthy gift cards break no promise', async () => {
  const [row] = await world.app.db.query('select balance_minor from gift_cards');
  expect(row).toEqual({ balance_minor: 0 });
  const uses = await world.app.db.query(
    'select state, amount_minor, returned_minor from gift_card_uses order by state',
  );
  expect(uses).toEqual([
    { state: 'captured', amount_minor: 2000, returned_minor: 1000 },
    { state: 'reserved', amount_minor: 1000, returned_minor: 0 },
  ]);
  expect(await audit(world.app.db, known())).toEqual([]);
});

const balance = 'the balance of each gift card is what its entries add up to';
const entered = 'what an order uses of a gift card has its entries';
const said = 'gift cards pay of each order what its first line says, for as long as the order needs it';
const owed = 'the books owe the holders of gift cards what their cards have and what orders have reserved';
test.each([
  [balance, 'money from nowhere', 'update gift_cards set balance_minor = balance_minor + 1'],
  [
    entered,
    'a return that was entered twice',
    `insert into gift_card_entries (gift_card_id, kind, amount_minor, order_id, event_id, at)
     select gift_card_id, kind, amount_minor, order_id, event_id, at from gift_card_entries where kind = 'returned'`,
  ],
  [
    entered,
    'a return that no entry has',
    `update gift_card_uses set returned_minor = 1001 where state = 'captured'`,
  ],
  [
    said,
    'money that was given back to an order that needs it',
    `update gift_card_uses set state = 'released' where state = 'reserved'`,
  ],
  [
    said,
    'a part of the price that nobody paid',
    `update gift_card_uses set amount_minor = 1999 where state = 'captured'`,
  ],
  [
    owed,
    'a card that the books do not have',
    `update gift_card_entries set amount_minor = amount_minor + 5 where kind = 'issued'`,
  ],
  [
    owed,
    'a card that the platform seems to have sold',
    `update gift_cards set source = 'bought', reason = null`,
  ],
])('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
