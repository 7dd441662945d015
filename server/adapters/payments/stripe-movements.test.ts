import { expect, test } from 'vitest';
import type { PaymentProvider } from '../../features/payments/provider.ts';
import type { FakeStripe } from './testing/fake-stripe.ts';
import { markPaid, newId, newPayment, withFakeStripe } from './testing/with-fake-stripe.ts';

let fake: FakeStripe;
let stripe: PaymentProvider;
withFakeStripe((parts) => {
  ({ fake, stripe } = parts);
});

test('movements are the charges and refunds behind the balance transactions, in their own currency', async () => {
  const charge = {
    object: 'charge',
    id: 'ch_1',
    payment_intent: 'pi_1',
    amount_captured: 500,
    currency: 'isk',
  };
  const sources = [
    { ...charge, metadata: { orderId: 'ord_1' } },
    { object: 'refund', id: 're_1', amount: 1230, currency: 'kwd', metadata: {} },
    { object: 'payout', id: 'po_1', amount: 9, currency: 'eur' },
    null,
  ];
  for (const [i, source] of sources.entries())
    fake.things.set(`txn_${i}`, {
      id: `txn_${i}`,
      object: 'balance_transaction',
      amount: 3,
      currency: 'eur',
      source,
    });
  const from = new Date('2026-11-20T00:00:00Z');
  const movements = [];
  for await (const movement of stripe.listMovements(from, new Date('2026-11-21T00:00:00Z')))
    movements.push(movement);
  expect(movements).toEqual([
    { kind: 'charge', ref: 'pi_1', amountMinor: 5, currency: 'ISK', isOurs: true },
    { kind: 'refund', ref: 're_1', amountMinor: 1230, currency: 'KWD', isOurs: false },
  ]);
  const asked = new URL(fake.requests[0]?.path ?? '', 'http://stripe').searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    'created[gte]': String(from.getTime() / 1000),
    'expand[0]': 'data.source',
  });
});

test('the refunds of a payment are listed, whoever made them', async () => {
  const { intentRef } = await stripe.createPayment(newPayment());
  markPaid(fake, intentRef);
  const refundId = newId('refund');
  await stripe.refund({ refundId, intentRef, amountMinor: 4000, currency: 'EUR' });
  const there = { object: 'refund', payment_intent: intentRef, amount: 200, currency: 'eur', metadata: {} };
  fake.things.set('re_there', { ...there, id: 're_there', status: 'pending' });
  const refundsOf = async (ref: string) => {
    const refunds = [];
    for await (const refund of stripe.listRefunds({ intentRef: ref })) refunds.push(refund);
    return refunds;
  };
  expect(await refundsOf(intentRef)).toMatchObject([
    { kind: 'refund_changed', refundId, status: 'succeeded', amountMinor: 4000, currency: 'EUR', intentRef },
    { kind: 'refund_changed', refundId: null, ref: 're_there', status: 'pending', amountMinor: 200 },
  ]);
  expect(await refundsOf('pi_other')).toEqual([]);
});
