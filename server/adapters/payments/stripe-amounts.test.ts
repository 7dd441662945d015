import { expect, test } from 'vitest';
import { currencies } from '../../../contract/currencies.ts';
import { amountOf, toStripe } from './stripe-amounts.ts';
import { readStripeEvent } from './stripe-event.ts';

test('an amount is the same after its way to Stripe and back, in every currency', () => {
  for (const currency of currencies) {
    const amountMinor = toStripe(1230, currency);
    expect(amountOf(amountMinor, currency.toLowerCase())).toEqual({ amountMinor: 1230, currency });
  }
});

test('five króna are 500 at Stripe, five yen are 5, and five dinars 5000', () => {
  expect([toStripe(5, 'ISK'), toStripe(5, 'UGX'), toStripe(5, 'JPY'), toStripe(5000, 'KWD')]).toEqual([
    500, 500, 5, 5000,
  ]);
  const object = { id: 'pi_1', amount_received: 500, currency: 'isk', metadata: {} };
  const event = { id: 'evt_1', type: 'payment_intent.succeeded', data: { object } };
  expect(readStripeEvent(Buffer.from(JSON.stringify(event)), false).effect).toMatchObject({
    kind: 'payment_succeeded',
    amountMinor: 5,
    currency: 'ISK',
  });
});
