import pino from 'pino';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import type { PaymentProvider } from '../../features/payments/provider.ts';
import { createStripe } from './stripe.ts';
import type { FakeStripe } from './testing/fake-stripe.ts';
import {
  clock,
  markPaid,
  newId,
  newPayment,
  now,
  secretKey,
  type WithFakeStripe,
  webhookSecret,
  withFakeStripe,
} from './testing/with-fake-stripe.ts';

// Tests the adapter with the real SDK over real HTTP, against a simulated Stripe.

const currency = 'EUR' as const;
let fake: FakeStripe;
let stripe: PaymentProvider;
let config: WithFakeStripe['config'];
withFakeStripe((parts) => {
  ({ fake, stripe, config } = parts);
});

const caught = (answer: Promise<unknown>) =>
  answer.then(
    () => 'no error',
    (e) => (e instanceof Refused ? e.code : e),
  );
const pay = (id: string, more?: object) => markPaid(fake, id, more);

describe('a payment', () => {
  test('is an intent with our ids in it', async () => {
    const wanted = newPayment();
    const created = await stripe.createPayment(wanted);
    expect(created).toEqual({
      intentRef: 'pi_1',
      checkoutRef: null,
      clientSecret: 'pi_1_secret_x',
      checkoutUrl: null,
    });
    expect(fake.requests).toEqual([
      {
        method: 'POST',
        path: '/v1/payment_intents',
        authorization: `Bearer ${secretKey}`,
        idempotencyKey: `payment:${wanted.paymentId}`,
        form: {
          amount: '4200',
          currency: 'eur',
          description: wanted.description,
          'automatic_payment_methods[enabled]': 'true',
          'metadata[orderId]': wanted.orderId,
          'metadata[eventId]': wanted.eventId,
          'metadata[paymentId]': wanted.paymentId,
        },
      },
    ]);
  });

  test('is a Checkout Session where the buyer wants to return', async () => {
    const wanted = newPayment({ returnUrl: 'https://tickets.example/orders/1' });
    const created = await stripe.createPayment(wanted);
    expect(created).toEqual({
      intentRef: 'cs_1',
      checkoutRef: 'cs_1',
      clientSecret: '',
      checkoutUrl: 'https://checkout.stripe.example/cs_1',
    });
    expect(fake.requests[0]).toMatchObject({
      path: '/v1/checkout/sessions',
      idempotencyKey: `checkout:${wanted.paymentId}`,
    });
    expect(fake.requests[0]?.form).toEqual({
      mode: 'payment',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': '4200',
      'line_items[0][price_data][product_data][name]': wanted.description,
      customer_email: 'ada@example.com',
      client_reference_id: wanted.orderId,
      success_url: 'https://tickets.example/orders/1',
      cancel_url: 'https://tickets.example/orders/1',
      // 31 minutes after the hold: Stripe requires at least 30.
      expires_at: String(Date.parse('2026-11-21T12:41:00Z') / 1000),
      'metadata[orderId]': wanted.orderId,
      'metadata[eventId]': wanted.eventId,
      'metadata[paymentId]': wanted.paymentId,
      'payment_intent_data[description]': wanted.description,
      'payment_intent_data[metadata][orderId]': wanted.orderId,
      'payment_intent_data[metadata][eventId]': wanted.eventId,
      'payment_intent_data[metadata][paymentId]': wanted.paymentId,
    });
  });

  test('asked for again is the same', async () => {
    const wanted = newPayment();
    expect(await stripe.createPayment(wanted)).toEqual(await stripe.createPayment(wanted));
    expect(fake.things.size).toBe(1);
  });

  test('is made once where the answer was lost', async () => {
    fake.troubles.push('lose-answer');
    expect((await stripe.createPayment(newPayment())).intentRef).toBe('pi_1');
    expect(fake.requests).toHaveLength(2);
    expect(fake.things.size).toBe(1);
  });

  test('is made where Stripe stumbles and then gets up', async () => {
    fake.troubles.push(500, 'hang');
    expect((await stripe.createPayment(newPayment())).intentRef).toBe('pi_1');
    expect(new Set(fake.requests.map((each) => each.idempotencyKey)).size).toBe(1);
  });

  test.each([[[500, 500, 500]], [['hang', 'hang', 'hang'] as const], [[401]], [[429, 429, 429]]])(
    'is refused by name where Stripe does not do it: %s',
    async (troubles) => {
      fake.troubles.push(...troubles);
      expect(await caught(stripe.createPayment(newPayment()))).toBe('payment_provider_unavailable');
      expect(fake.requests.length).toBeLessThanOrEqual(3);
    },
  );

  test('can be looked up in each of its states', async () => {
    const { intentRef } = await stripe.createPayment(newPayment());
    const found = { intentRef, amountMinor: 4200, currency: 'EUR' };
    expect(await stripe.findPayment(intentRef)).toEqual({ ...found, status: 'open' });
    pay(intentRef, { status: 'processing' });
    expect(await stripe.findPayment(intentRef)).toEqual({ ...found, status: 'open' });
    pay(intentRef, { amount_received: 4100 });
    expect(await stripe.findPayment(intentRef)).toEqual({ ...found, amountMinor: 4100, status: 'succeeded' });
    pay(intentRef, { status: 'canceled' });
    expect(await stripe.findPayment(intentRef)).toEqual({ ...found, status: 'cancelled' });
  });

  test('on a page has its intent once it is paid', async () => {
    const { intentRef: session } = await stripe.createPayment(
      newPayment({ returnUrl: 'https://tickets.example/' }),
    );
    expect(await stripe.findPayment(session)).toEqual({
      intentRef: session,
      status: 'open',
      amountMinor: 4200,
      currency: 'EUR',
    });
    pay(session, { status: 'complete', payment_status: 'paid', payment_intent: 'pi_of_session' });
    expect(await stripe.findPayment(session)).toMatchObject({
      intentRef: 'pi_of_session',
      status: 'succeeded',
    });
  });

  test('is cancelled, and cancelling what is paid or closed is no error', async () => {
    const { intentRef } = await stripe.createPayment(newPayment());
    const { intentRef: session } = await stripe.createPayment(
      newPayment({ returnUrl: 'https://tickets.example/' }),
    );
    for (const ref of [intentRef, session, intentRef, session]) await stripe.cancelPayment(ref);
    expect((await stripe.findPayment(intentRef)).status).toBe('cancelled');
    expect((await stripe.findPayment(session)).status).toBe('cancelled');
    expect(fake.requests.map((each) => each.path)).toContain(`/v1/checkout/sessions/${session}/expire`);
    await expect(stripe.cancelPayment('pi_unknown')).rejects.toThrow('no such thing');
  });
});

describe('a refund', () => {
  const paidIntent = async (more: object = {}) => {
    const { intentRef } = await stripe.createPayment(newPayment());
    pay(intentRef, more);
    fake.requests.length = 0;
    return intentRef;
  };

  test('is asked for once however often', async () => {
    const refund = { refundId: newId('refund'), intentRef: await paidIntent(), amountMinor: 4000, currency };
    fake.troubles.push('lose-answer');
    const answer = await stripe.refund(refund);
    expect(answer).toEqual({ ref: 're_2', status: 'succeeded' });
    expect(await stripe.refund(refund)).toEqual(answer);
    expect(fake.requests.at(-1)).toMatchObject({
      path: '/v1/refunds',
      idempotencyKey: `refund:${refund.refundId}`,
      form: { payment_intent: refund.intentRef, amount: '4000', 'metadata[refundId]': refund.refundId },
    });
  });

  test('of a payment on a page goes to the intent behind it', async () => {
    const intent = await paidIntent();
    const { intentRef: session } = await stripe.createPayment(
      newPayment({ returnUrl: 'https://tickets.example/' }),
    );
    pay(session, { status: 'complete', payment_status: 'paid', payment_intent: intent });
    const answer = await stripe.refund({
      refundId: newId('refund'),
      intentRef: session,
      amountMinor: 4200,
      currency,
    });
    expect(answer.status).toBe('succeeded');
    expect(fake.requests.at(-1)?.form.payment_intent).toBe(intent);
  });

  test('that Stripe has not finished is pending and can be asked about', async () => {
    const intentRef = await paidIntent({ slow_refunds: true });
    const { ref, status } = await stripe.refund({
      refundId: newId('refund'),
      intentRef,
      amountMinor: 4200,
      currency,
    });
    expect(status).toBe('pending');
    pay(ref ?? '', { status: 'failed' });
    expect(await stripe.findRefund(ref ?? '')).toEqual({ ref, status: 'failed' });
  });

  test('that Stripe refuses fails for good', async () => {
    const intentRef = await paidIntent({ refunded: true });
    const answer = await stripe.refund({ refundId: newId('refund'), intentRef, amountMinor: 4200, currency });
    expect(answer).toEqual({ ref: null, status: 'failed' });
  });

  test('is tried again later where Stripe is away', async () => {
    const intentRef = await paidIntent();
    fake.troubles.push(500, 500, 500);
    const refund = { refundId: newId('refund'), intentRef, amountMinor: 4200, currency };
    await expect(stripe.refund(refund)).rejects.toThrow();
    expect((await stripe.refund(refund)).status).toBe('succeeded');
  });
});

describe('a webhook', () => {
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'charge.captured',
    data: { object: {} },
  });
  const signed = (payload: string, secret = webhookSecret, at = now) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at.getTime() / 1000 });
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const read = (payload: string, header: string | undefined) =>
    stripe.readWebhook(Buffer.from(payload), header);

  test.each([
    ['now', signed(body)],
    ['five minutes old', signed(body, webhookSecret, later(-300))],
    ['from a clock that is ahead', signed(body, webhookSecret, later(300))],
  ])('is taken: %s', (_name, header) => {
    expect(read(body, header)).toMatchObject({
      id: 'evt_1',
      type: 'charge.captured',
      effect: { kind: 'ignored' },
    });
  });

  test.each([
    ['unsigned', undefined],
    ['an empty signature', ''],
    ['nonsense', 'v1=abc'],
    ['another secret', signed(body, 'whsec_other')],
    ['another body', signed(body.replace('evt_1', 'evt_2'))],
    ['too old by a second', signed(body, webhookSecret, later(-301))],
    ['a day old', signed(body, webhookSecret, later(-86_400))],
    ['dated ahead', signed(body, webhookSecret, later(301))],
    [
      'an old body under a new time',
      signed(body, webhookSecret, later(-86_400)).replace(/t=\d+/, `t=${now.getTime() / 1000}`),
    ],
  ])('is refused: %s', (_name, header) => {
    expect(() => read(body, header)).toThrow(expect.objectContaining({ code: 'webhook_signature_invalid' }));
  });

  const ids = { orderId: newId('order'), eventId: newId('event') };
  const ticketId = newId('ticket');
  const metadata = { ...ids, paymentId: newId('payment') };
  const intent = { id: 'pi_9', amount: 4200, amount_received: 4200, currency: 'eur', metadata };
  const session = {
    id: 'cs_9',
    payment_intent: 'pi_9',
    payment_status: 'paid',
    amount_total: 4200,
    currency: 'eur',
    metadata,
  };
  const succeeded = {
    kind: 'payment_succeeded',
    intentRef: 'pi_9',
    checkoutRef: null,
    amountMinor: 4200,
    currency: 'EUR',
    ...ids,
  };
  const onPage = { ...succeeded, checkoutRef: 'cs_9' };
  const refund = { id: 're_9', status: 'succeeded', amount: 4200, currency: 'eur', payment_intent: 'pi_9' };
  const amount = { intentRef: 'pi_9', amountMinor: 4200, currency: 'EUR' };
  const refunded = { ...amount, kind: 'refund_changed', ref: 're_9' };
  const dispute = { created: 7, id: 'dp_9', amount: 4200, currency: 'eur', payment_intent: 'pi_9' };
  const disputed = {
    ...amount,
    ...{ ref: 'dp_9', kind: 'chargeback', reason: 'general' },
    ...{ feeMinor: 0, feeReturnedMinor: 0, feeCurrency: null },
    ...{ evidenceDueAt: null, openedAt: new Date(7000), seenAt: new Date(7000) },
  };
  const changed = (more: object) => ({
    kind: 'dispute_changed',
    intentRef: 'pi_9',
    dispute: { ...disputed, ...more },
  });
  const table: [string, object, object][] = [
    ['payment_intent.succeeded', intent, succeeded],
    ['payment_intent.payment_failed', intent, { kind: 'payment_declined', intentRef: 'pi_9', ...ids }],
    ['payment_intent.canceled', intent, { kind: 'payment_cancelled', intentRef: 'pi_9', ...ids }],
    ['payment_intent.processing', intent, { kind: 'ignored' }],
    [
      'payment_intent.succeeded',
      { ...intent, metadata: { orderId: '1042' } },
      { ...succeeded, orderId: null, eventId: null },
    ],
    ['checkout.session.completed', session, onPage],
    ['checkout.session.completed', { ...session, payment_status: 'unpaid' }, { kind: 'ignored' }],
    ['checkout.session.async_payment_succeeded', session, onPage],
    [
      'checkout.session.async_payment_failed',
      session,
      { kind: 'payment_cancelled', intentRef: 'cs_9', ...ids },
    ],
    [
      'checkout.session.expired',
      { ...session, payment_intent: null },
      { kind: 'payment_cancelled', intentRef: 'cs_9', ...ids },
    ],
    [
      'refund.created',
      { ...refund, status: 'requires_action', metadata: {} },
      { ...refunded, refundId: null, status: 'pending', ticketIds: [] },
    ],
    [
      'charge.refund.updated',
      { ...refund, status: 'canceled', metadata: { tickets: `${ticketId}, tkt_x ${ticketId}` } },
      { ...refunded, refundId: null, status: 'failed', ticketIds: [ticketId, ticketId] },
    ],
    [
      'charge.refunded',
      { id: 'ch_9', payment_intent: 'pi_9' },
      { kind: 'payment_refunded', intentRef: 'pi_9' },
    ],
    [
      'refund.updated',
      { ...refund, metadata: { refundId: 'rfd_1' } },
      { ...refunded, refundId: 'rfd_1', status: 'succeeded', ticketIds: [] },
    ],
    [
      'refund.failed',
      { ...refund, status: 'failed', metadata: null },
      { ...refunded, refundId: null, status: 'failed', ticketIds: [] },
    ],
    [
      'charge.dispute.funds_withdrawn',
      dispute,
      changed({ status: 'needs_response', isWithdrawn: true, isReinstated: false }),
    ],
    [
      'charge.dispute.funds_reinstated',
      dispute,
      changed({ status: 'won', isWithdrawn: false, isReinstated: true }),
    ],
  ];
  test.each(table)('says %s of %j', (type, object, effect) => {
    const payload = JSON.stringify({ id: 'evt_9', object: 'event', type, data: { object } });
    expect(read(payload, signed(payload)).effect).toEqual(effect);
  });

  test.each([
    ['sk_test_1', false, undefined],
    ['sk_test_1', true, 'wrong_mode'],
    ['sk_live_1', true, undefined],
    ['rk_live_1', true, undefined],
    ['sk_live_1', false, 'wrong_mode'],
  ])('with the key %s: livemode %s', (secretKey, livemode, foreign) => {
    const payload = JSON.stringify({
      id: 'evt_9',
      object: 'event',
      livemode,
      type: 'refund.updated',
      data: { object: refund },
    });
    const other = createStripe({ ...config, secretKey }, { clock, log: pino({ level: 'silent' }) });
    expect(other.readWebhook(Buffer.from(payload), signed(payload)).foreign).toBe(foreign);
  });
});
