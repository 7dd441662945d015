import pino from 'pino';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewPayment, PaymentProvider } from '../../features/payments/provider.ts';
import { createNewId } from '../../ids.ts';
import { createStripe } from './stripe.ts';
import { type FakeStripe, startFakeStripe } from './testing/fake-stripe.ts';

// Asks which card was charged, with the real SDK over real HTTP against a simulated Stripe.

const now = new Date('2026-11-21T12:00:00Z');
const clock = { now: () => now, monotonicMs: () => 0 };
const newId = createNewId(clock);
let fake: FakeStripe;
let stripe: PaymentProvider;

beforeAll(async () => {
  fake = await startFakeStripe('sk_test_admit');
  const config = {
    provider: 'stripe' as const,
    secretKey: 'sk_test_admit',
    publishableKey: 'pk_test_admit',
    webhookSecret: 'whsec_stripe_test',
    apiUrl: fake.url,
    accountIsShared: false,
  };
  stripe = createStripe(config, { clock, log: pino({ level: 'silent' }), timeoutMs: 250 });
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.troubles.length = 0;
});

const request = (more: Partial<NewPayment> = {}): NewPayment => ({
  paymentId: newId('payment'),
  orderId: newId('order'),
  eventId: newId('event'),
  amountMinor: 4200,
  currency: 'EUR',
  description: '2 × Floor (order 7KQ2M4XA)',
  buyerEmail: 'ada@example.com',
  returnUrl: null,
  expiresAt: new Date('2026-11-21T12:10:00Z'),
  ...more,
});
const pay = (id: string, more: object = {}) =>
  Object.assign(fake.things.get(id) ?? {}, { status: 'succeeded', amount_received: 4200, ...more });

describe('the card that a payment was charged to', () => {
  const charge = (more: object = {}) => ({
    object: 'charge',
    livemode: true,
    payment_method_details: { type: 'card', card: { fingerprint: 'Xt5EWLLDS7FJjR1c' } },
    ...more,
  });
  const paidWith = async (latest_charge: unknown, more: Partial<NewPayment> = {}) => {
    const { intentRef } = await stripe.createPayment(request(more));
    pay(intentRef, { latest_charge });
    return intentRef;
  };

  test('is asked for with its charge, and is what Stripe calls the card', async () => {
    const intentRef = await paidWith(charge());
    fake.requests.length = 0;
    expect(await stripe.findCard(intentRef)).toBe('Xt5EWLLDS7FJjR1c');
    const asked = fake.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
    expect(asked).toEqual([`GET /v1/payment_intents/${intentRef}?expand[0]=latest_charge`]);
  });

  test('of a payment on a page is that of the intent behind it', async () => {
    const { intentRef: session } = await stripe.createPayment(request({ returnUrl: 'https://t.example/' }));
    expect(await stripe.findCard(session)).toBeNull();
    pay(session, { payment_intent: await paidWith(charge()), payment_status: 'paid' });
    expect(await stripe.findCard(session)).toBe('Xt5EWLLDS7FJjR1c');
  });

  test.each([
    ['a test charge, with which everybody pays by the same cards', charge({ livemode: false })],
    ['no card', charge({ payment_method_details: { type: 'sepa_debit', sepa_debit: {} } })],
    ['a card without a name', charge({ payment_method_details: { type: 'card', card: {} } })],
    ['no charge yet', null],
    ['a charge that is only named', 'ch_1'],
  ])('is nobody’s: %s', async (_what, latest) => {
    expect(await stripe.findCard(await paidWith(latest))).toBeNull();
  });

  test('is not known while Stripe is away', async () => {
    const intentRef = await paidWith(charge());
    fake.troubles.push(500, 500, 500);
    await expect(stripe.findCard(intentRef)).rejects.toBeInstanceOf(Stripe.errors.StripeError);
  });
});
