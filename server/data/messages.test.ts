import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../contract/messages.ts';
import { cards, purchase } from '../features/payments/testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from '../features/payments/testing/webhook.ts';
import { minutes } from '../testing/clock.ts';
import { breachOf, findMessageBreaches } from '../testing/hold-to-messages.ts';
import { createWorld, type TestEvent, type World } from '../testing/world.ts';
import { listMessages } from './outbox.ts';

/* The messages for everything that can happen to a place, an order and its payment (docs/messages.md). */

let world: World;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'fatal' });
});
afterAll(() => world.close());

/** Collects the messages about an event since the last call. */
function listenTo(event: TestEvent) {
  let heard = 0;
  return async (): Promise<Message[]> => {
    await world.drain();
    const told = (await listMessages(world.app.db, world.url)).filter(
      (each) => each.partitionkey === event.id,
    );
    const fresh = told.slice(heard);
    heard = told.length;
    return fresh;
  };
}

/** Shortens a message to one line: `locked 2`, or the end of its type and what it says about the money. */
function lines(messages: Message[]): string[] {
  return messages.flatMap((message) => {
    if (message.type === 'admit.availability.changed.v1')
      return message.data.changes.map(({ kind, quantity }) => `${kind} ${quantity}`);
    const { data } = message;
    const reason = 'reason' in data ? ` ${data.reason}` : '';
    const outcome = 'outcome' in data ? ` ${data.outcome}` : '';
    const late = 'late' in data && data.late ? ' late' : '';
    return [`${message.type.split('.').slice(1, -1).join('.')}${reason}${outcome}${late}`];
  });
}

test('places: locked, unlocked, sold and returned, with the order and its money', async () => {
  const event = await world.event({ capacity: 10, priceMinor: 2500 });
  const told = listenTo(event);
  await told();
  const of = await purchase(world, event, { quantity: 3 });
  expect(lines(await told())).toEqual(['locked 3']);
  await of.pay(cards.success);
  expect(lines(await told())).toEqual(['sold 3', 'payment.succeeded', 'order.confirmed']);
  expect((await of.buyer.client.post(`/api/orders/${of.orderId}/cancellation`)).status).toBe(200);
  expect(lines(await told()).sort()).toEqual([
    'order.cancelled',
    'payment.refunded cancelled_by_buyer',
    'returned 3',
  ]);
  const let_go = await purchase(world, event, { quantity: 2 });
  await told();
  await let_go.buyer.client.post(`/api/orders/${let_go.orderId}/cancellation`);
  expect(lines(await told())).toEqual(['unlocked 2', 'order.cancelled']);
  await purchase(world, event, { quantity: 1 });
  await told();
  world.clock.advance(minutes(15));
  await world.app.ledger.submit(event.id, { kind: 'expire' });
  expect(lines(await told())).toEqual(['unlocked 1', 'order.expired']);
});

test('late money: places that are free again are sold, and others are refunded', async () => {
  const event = await world.event({ capacity: 2, priceMinor: 2500 });
  const told = listenTo(event);
  const late = await purchase(world, event, { quantity: 1 });
  const gone = await purchase(world, event, { quantity: 1 });
  await Promise.all([late.pay(cards.late), gone.pay(cards.late)]);
  await told();
  world.clock.advance(minutes(12));
  // Another buyer takes one of the two places whose holds have expired.
  await purchase(world, event, { quantity: 1 });
  expect(lines(await told()).sort()).toEqual([
    'locked 1',
    'order.confirmed late',
    'order.expired',
    'order.expired',
    'payment.refunded places_gone',
    'payment.succeeded',
    'payment.succeeded late',
    'sold 1',
    'unlocked 2',
  ]);
});

test('a declined card, a payment that fails for good, and a dispute', async () => {
  const event = await world.event({ capacity: 10, priceMinor: 2500 });
  const told = listenTo(event);
  const of = await purchase(world, event);
  await told();
  await of.pay(cards.declined);
  expect(lines(await told())).toEqual(['payment.failed declined']);
  await sendWebhook(world, webhookOf(of, 'payment_intent.canceled'));
  expect(lines(await told())).toEqual(['unlocked 1', 'payment.failed cancelled', 'order.failed']);

  const paid = await purchase(world, event);
  await paid.pay(cards.success);
  await told();
  const dispute = { object: 'dispute', amount: 2500, payment_intent: `pi_${paid.paymentId.slice(4)}` };
  for (const end of ['funds_withdrawn', 'funds_reinstated'])
    await sendWebhook(world, webhookOf(paid, `charge.dispute.${end}`, { ...dispute, id: 'dp_1' }));
  expect(lines(await told())).toEqual([
    'payment.disputed set_aside',
    'payment.disputed withdrawn',
    'payment.disputed set_aside',
    'payment.disputed reinstated',
  ]);
});

test('a message is a CloudEvent whose subject is what it is about', async () => {
  const event = await world.event({ capacity: 10, priceMinor: 0 });
  const told = listenTo(event);
  const buyer = await world.user();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
  const { body: hold } = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
  const { body } = await buyer.client.post('/api/orders', {
    holdId: hold.id,
    buyer: { name: 'Ada Osei', email: 'ada@example.com' },
  });
  const confirmed = (await told()).find(({ type }) => type === 'admit.order.confirmed.v1');
  expect(confirmed).toEqual({
    specversion: '1.0',
    id: expect.stringMatching(/^\d+$/),
    source: world.url,
    type: 'admit.order.confirmed.v1',
    subject: body.order.id,
    time: world.clock.now().toISOString(),
    datacontenttype: 'application/json',
    partitionkey: event.id,
    data: {
      eventId: event.id,
      orderId: body.order.id,
      buyerId: buyer.userId,
      total: { amount: 0, currency: 'EUR' },
      late: false,
    },
  });
});

test('a world tells of messages that the contract does not declare', async () => {
  expect(await findMessageBreaches(world.app.db)).toEqual([]);
  const [good] = await listMessages(world.app.db, world.url);
  const bad = { ...good, data: { ...good?.data, email: 'ada@example.com' } } as unknown as Message;
  expect(breachOf(bad)).toMatch(/Unrecognized key/);
  expect(breachOf({ ...good, subject: 'somebody' } as Message)).toMatch(/its subject is somebody/);
});
