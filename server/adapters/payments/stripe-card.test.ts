import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import type { NewPayment, PaymentProvider } from '../../features/payments/provider.ts';
import type { FakeStripe } from './testing/fake-stripe.ts';
import { markPaid, newPayment, withFakeStripe } from './testing/with-fake-stripe.ts';

// Asks which card was charged, with the real SDK over real HTTP against a simulated Stripe.

let fake: FakeStripe;
let stripe: PaymentProvider;
withFakeStripe((parts) => {
  ({ fake, stripe } = parts);
});
const pay = (id: string, more?: object) => markPaid(fake, id, more);

describe('the card that a payment was charged to', () => {
  const charge = (more: object = {}) => ({
    object: 'charge',
    livemode: true,
    payment_method_details: { type: 'card', card: { fingerprint: 'Xt5EWLLDS7FJjR1c', last4: '4242' } },
    ...more,
  });
  const paidWith = async (latest_charge: unknown, more: Partial<NewPayment> = {}) => {
    const { intentRef } = await stripe.createPayment(newPayment(more));
    pay(intentRef, { latest_charge });
    return intentRef;
  };

  test('is asked for with its charge, and is what Stripe calls the card', async () => {
    const intentRef = await paidWith(charge());
    fake.requests.length = 0;
    expect(await stripe.findCard(intentRef)).toEqual({ fingerprint: 'Xt5EWLLDS7FJjR1c', last4: '4242' });
    const asked = fake.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
    expect(asked).toEqual([`GET /v1/payment_intents/${intentRef}?expand[0]=latest_charge`]);
  });

  test('of a payment on a page is that of the intent behind it', async () => {
    const { intentRef: session } = await stripe.createPayment(
      newPayment({ returnUrl: 'https://t.example/' }),
    );
    expect(await stripe.findCard(session)).toBeNull();
    pay(session, { payment_intent: await paidWith(charge()), payment_status: 'paid' });
    expect(await stripe.findCard(session)).toEqual({ fingerprint: 'Xt5EWLLDS7FJjR1c', last4: '4242' });
  });

  test.each([
    ['no card', charge({ payment_method_details: { type: 'sepa_debit', sepa_debit: {} } })],
    ['no charge yet', null],
    ['a charge that is only named', 'ch_1'],
  ])('is nobody’s: %s', async (_what, latest) => {
    expect(await stripe.findCard(await paidWith(latest))).toBeNull();
  });

  test('of a test charge has no name, because everybody pays by the same cards', async () => {
    const found = await stripe.findCard(await paidWith(charge({ livemode: false })));
    expect(found).toEqual({ fingerprint: null, last4: '4242' });
  });

  test.each([[{}], [{ last4: '42' }], [{ last4: 'four' }]])(
    'has only what Stripe tells: %j',
    async (card) => {
      const found = await stripe.findCard(
        await paidWith(charge({ payment_method_details: { type: 'card', card } })),
      );
      expect(found).toEqual({ fingerprint: null, last4: null });
    },
  );

  test('is not known while Stripe is away', async () => {
    const intentRef = await paidWith(charge());
    fake.troubles.push(500, 500, 500);
    await expect(stripe.findCard(intentRef)).rejects.toBeInstanceOf(Stripe.errors.StripeError);
  });
});
