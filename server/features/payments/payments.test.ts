import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import { sign } from '../../http/signature.ts';
import { days } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { openBooks } from './testing/books.ts';
import { cards, type Purchase, purchase } from './testing/purchase.ts';
import { sendWebhook, webhookOf, webhookSecret } from './testing/webhook.ts';

let world: World;
let books: ReturnType<typeof openBooks>;

beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  books = openBooks(world);
});
afterAll(() => world.close());

test('a paid order is confirmed by the webhook, and by nothing before it', async () => {
  const event = await world.event();
  const bought = await purchase(world, event, { quantity: 2 });
  expect(await bought.pay(cards.success)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  expect((await bought.order()).status).toBe('pending');

  await world.drain();
  expect(await bought.order()).toMatchObject({ status: 'confirmed', problem: null });
  expect(await books.ticketCount(bought.orderId)).toBe(2);
  expect(await books.outcomes(bought.orderId)).toEqual(['confirmed']);
  expect(await books.paymentStatus(bought)).toBe('succeeded');
  expect(await books.transfers(bought.orderId)).toEqual([
    {
      kind: 'charge',
      debit: 'provider:sandbox',
      credit: `organiser:${event.organiser.organisationId}`,
      amount_minor: 5000,
    },
  ]);
});

describe('a webhook that is not the provider’s', () => {
  const now = () => world.clock.now();
  const seconds = (count: number) => new Date(now().getTime() + count * 1000);
  const forgeries: [string, (body: string) => { body?: string; signature: string | null }][] = [
    ['unsigned', () => ({ signature: null })],
    ['with an empty signature', () => ({ signature: '' })],
    ['with a signature of nothing', () => ({ signature: `t=${Math.floor(now().getTime() / 1000)},v1=` })],
    ['signed with another secret', (body) => ({ signature: sign(body, 'whsec_another', now()) })],
    [
      'changed by a byte',
      (body) => ({ body: body.replace('"eur"', '"eUr"'), signature: sign(body, webhookSecret, now()) }),
    ],
    ['with a space more', (body) => ({ body: `${body} `, signature: sign(body, webhookSecret, now()) })],
    ['six minutes old', (body) => ({ signature: sign(body, webhookSecret, seconds(-360)) })],
    ['a day old', (body) => ({ signature: sign(body, webhookSecret, seconds(-86_400)) })],
    ['dated ahead', (body) => ({ signature: sign(body, webhookSecret, seconds(360)) })],
    [
      'old, under a new time',
      (body) => ({
        signature: sign(body, webhookSecret, seconds(-86_400)).replace(
          /t=\d+/,
          `t=${Math.floor(now().getTime() / 1000)}`,
        ),
      }),
    ],
    [
      'signed in another scheme',
      (body) => ({ signature: sign(body, webhookSecret, now()).replace('v1=', 'v0=') }),
    ],
  ];
  let bought: Purchase;
  let body: string;
  beforeAll(async () => {
    bought = await purchase(world, await world.event());
    body = webhookOf(bought);
  });

  test.each(forgeries)('%s is refused and changes nothing', async (_name, forge) => {
    const forged = forge(body);
    const answer = await sendWebhook(world, forged.body ?? body, forged.signature);
    expect(answer).toMatchObject({ status: 400, body: { code: 'webhook_signature_invalid' } });
    expect((await bought.order()).status).toBe('pending');
    expect(await books.outcomes(bought.orderId)).toEqual([]);
  });

  test('replayed a day later is refused, though it was good', async () => {
    const paid = await purchase(world, await world.event());
    const original = webhookOf(paid);
    const signature = sign(original, webhookSecret, now());
    expect((await sendWebhook(world, original, signature)).status).toBe(200);
    world.clock.advance(days(1));
    expect((await sendWebhook(world, original, signature)).body.code).toBe('webhook_signature_invalid');
  });

  test('is told from the real one, which is taken', async () => {
    const real = await purchase(world, await world.event());
    expect(await sendWebhook(world, webhookOf(real))).toMatchObject({
      status: 200,
      body: { received: true },
    });
    expect((await real.order()).status).toBe('confirmed');
  });
});

describe('told twice', () => {
  test('one after the other, it happens once', async () => {
    const bought = await purchase(world, await world.event(), { quantity: 3 });
    await bought.pay(cards.twice);
    await world.drain();
    expect((await bought.order()).status).toBe('confirmed');
    expect(await books.ticketCount(bought.orderId)).toBe(3);
    expect(await books.transfers(bought.orderId)).toHaveLength(1);
    expect(await books.outcomes(bought.orderId)).toEqual(['confirmed']);
  });

  test('by ten deliveries of two events at once, it happens once', async () => {
    const bought = await purchase(world, await world.event());
    const bodies = [webhookOf(bought), webhookOf(bought)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => sendWebhook(world, bodies[index % 2] ?? '')),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect(await books.ticketCount(bought.orderId)).toBe(1);
    expect(await books.transfers(bought.orderId)).toHaveLength(1);
    expect(await books.outcomes(bought.orderId)).toHaveLength(2);
  });
});

describe('told out of order', () => {
  test.each(['payment_intent.payment_failed', 'payment_intent.canceled'])(
    '%s after the success says nothing',
    async (type) => {
      const bought = await purchase(world, await world.event());
      await sendWebhook(world, webhookOf(bought));
      expect((await sendWebhook(world, webhookOf(bought, type))).status).toBe(200);
      expect(await bought.order()).toMatchObject({ status: 'confirmed', problem: null });
      expect(await books.outcomes(bought.orderId)).toEqual(['confirmed', 'stale']);
    },
  );

  test('a success before our own note of the payment confirms', async () => {
    const bought = await purchase(world, await world.event());
    // Simulates a crash between the provider's answer and our write.
    await books.rows('delete from payments where id = $1', bought.paymentId);
    expect((await sendWebhook(world, webhookOf(bought))).status).toBe(200);
    expect((await bought.order()).status).toBe('confirmed');
    expect(await books.paymentStatus(bought)).toBe('succeeded');
    expect(await books.transfers(bought.orderId)).toHaveLength(1);
  });
});

describe('what does not match', () => {
  test('an order that we do not have is recorded, and the provider need not say it again', async () => {
    const known = await purchase(world, await world.event());
    const orderId = world.app.newId('order');
    const unknown = { ...known, orderId, paymentId: world.app.newId('payment') };
    expect((await sendWebhook(world, webhookOf(unknown))).status).toBe(200);
    expect(await books.outcomes(orderId)).toEqual(['unknown_order']);
    const foreign = webhookOf(known, 'payment_intent.succeeded', {
      id: 'pi_foreign',
      metadata: { orderId: '1042' },
    });
    expect((await sendWebhook(world, foreign)).status).toBe(200);
    expect(await books.outcomes('1042')).toEqual(['unknown_order']);
    expect((await known.order()).status).toBe('pending');
  });

  test.each([
    ['a cent less', { amount_received: 2499 }, 'amount_mismatch'],
    ['a cent more', { amount_received: 2501 }, 'amount_mismatch'],
    ['another currency', { currency: 'jpy' }, 'currency_mismatch'],
    ['another intent', { id: 'pi_of_somebody_else' }, 'foreign_intent'],
  ])('%s confirms nothing', async (_name, more, outcome) => {
    const bought = await purchase(world, await world.event({ priceMinor: 2500 }));
    expect((await sendWebhook(world, webhookOf(bought, 'payment_intent.succeeded', more))).status).toBe(200);
    expect(await books.outcomes(bought.orderId)).toEqual([outcome]);
    expect((await bought.order()).status).toBe('pending');
    expect(await books.transfers(bought.orderId)).toEqual([]);
    expect(await books.ticketCount(bought.orderId)).toBe(0);
  });

  test('an order of another event by its metadata confirms neither', async () => {
    const [mine, other] = [
      await purchase(world, await world.event()),
      await purchase(world, await world.event()),
    ];
    await sendWebhook(world, webhookOf({ ...mine, eventId: other.eventId }));
    expect((await mine.order()).status).toBe('pending');
    expect((await other.order()).status).toBe('pending');
  });
});

describe('a card that is refused', () => {
  test('leaves the places held for another card', async () => {
    const event = await world.event({ capacity: 1 });
    const bought = await purchase(world, event);
    expect((await bought.pay(cards.declined)).body).toEqual({
      status: 'failed',
      declineCode: 'generic_decline',
    });
    await world.drain();
    expect(await bought.order()).toMatchObject({ status: 'pending', problem: 'declined' });
    expect(await books.available(event)).toBe(0);
    await bought.pay(cards.success);
    await world.drain();
    expect(await bought.order()).toMatchObject({ status: 'confirmed', problem: null });
  });

  test('for good frees the places at once', async () => {
    const event = await world.event({ capacity: 1 });
    const bought = await purchase(world, event);
    expect((await bought.pay(cards.blocked)).body).toEqual({ status: 'failed', declineCode: 'fraudulent' });
    await world.drain();
    expect((await bought.order()).status).toBe('failed');
    expect(await books.available(event)).toBe(1);
    expect(await books.paymentStatus(bought)).toBe('cancelled');
    expect(await books.transfers(bought.orderId)).toEqual([]);
  });
});

test('a webhook that we fail to act on is sent again and then acts', async () => {
  const bought = await purchase(world, await world.event());
  const body = webhookOf(bought);
  const { submit } = world.app.ledger;
  world.app.ledger.submit = async () => {
    throw new Refused('busy');
  };
  const failed = await sendWebhook(world, body);
  world.app.ledger.submit = submit;
  expect(failed).toMatchObject({ status: 503, body: { code: 'busy' } });
  expect(
    await books.rows('select processed_at, outcome from webhook_events where id = $1', JSON.parse(body).id),
  ).toEqual([{ processed_at: null, outcome: 'failed' }]);
  expect((await sendWebhook(world, body)).status).toBe(200);
  expect((await bought.order()).status).toBe('confirmed');
  expect(await books.outcomes(bought.orderId)).toEqual(['confirmed']);
});

test('where the provider is away the order waits, and placing it again opens its payment', async () => {
  const event = await world.event();
  const buyer = await world.guest();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
  const order = { holdId: held.body.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } };
  const { createPayment } = world.app.payments;
  world.app.payments.createPayment = async () => {
    throw new Refused('payment_provider_unavailable');
  };
  const refused = await buyer.client.post('/api/orders', order);
  world.app.payments.createPayment = createPayment;
  expect(refused).toMatchObject({
    status: 503,
    body: { code: 'payment_provider_unavailable', retryable: true },
  });
  const [first, second] = await Promise.all([
    buyer.client.post('/api/orders', order),
    buyer.client.post('/api/orders', order),
  ]);
  expect(first).toMatchObject({ status: 201, body: { payment: { provider: 'sandbox' } } });
  expect(second.body.payment).toEqual(first.body.payment);
  expect(await books.rows('select from payments where order_id = $1', first.body.order.id)).toHaveLength(1);
});
