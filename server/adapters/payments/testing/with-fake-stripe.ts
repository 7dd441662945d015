import pino from 'pino';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { NewPayment, PaymentProvider } from '../../../features/payments/provider.ts';
import { createNewId } from '../../../ids.ts';
import { createStripe } from '../stripe.ts';
import { type FakeStripe, startFakeStripe } from './fake-stripe.ts';

export const now = new Date('2026-11-21T12:00:00Z');
export const clock = { now: () => now, monotonicMs: () => 0 };
export const newId = createNewId(clock);

export const secretKey = 'sk_test_admit';
export const webhookSecret = 'whsec_stripe_test';

export interface WithFakeStripe {
  fake: FakeStripe;
  stripe: PaymentProvider;
  config: Parameters<typeof createStripe>[0];
}

/**
 * Gives the tests of a file the adapter with the real SDK over real HTTP, against a simulated Stripe that is empty before
 * each test.
 */
export function withFakeStripe(give: (parts: WithFakeStripe) => void): void {
  let fake: FakeStripe;
  beforeAll(async () => {
    fake = await startFakeStripe(secretKey);
    const config = {
      provider: 'stripe' as const,
      secretKey,
      publishableKey: 'pk_test_admit',
      webhookSecret,
      connectWebhookSecret: 'whsec_connect_test',
      apiUrl: fake.url,
      accountIsShared: false,
    };
    const stripe = createStripe(config, { clock, log: pino({ level: 'silent' }), timeoutMs: 250 });
    give({ fake, stripe, config });
  });
  afterAll(() => fake.close());
  beforeEach(() => {
    fake.requests.length = 0;
    fake.troubles.length = 0;
    fake.things.clear();
  });
}

/** A request for a payment of an order. */
export const newPayment = (more: Partial<NewPayment> = {}): NewPayment => ({
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

/** Marks an intent of the simulated Stripe as paid. */
export const markPaid = (fake: FakeStripe, id: string, more: object = {}) =>
  Object.assign(fake.things.get(id) ?? {}, { status: 'succeeded', amount_received: 4200, ...more });
