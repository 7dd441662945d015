import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { readDispute, readFraudWarning } from './stripe-dispute.ts';
import { readRefund } from './stripe-event.ts';

const dispute = (more: object) =>
  ({ id: 'dp_1', amount: 5000, currency: 'eur', status: 'lost', created: 7, ...more }) as Stripe.Dispute;
const moved = (...fees: [fee: number, currency: string][]) => ({
  balance_transactions: fees.map(([fee, currency]) => ({ amount: fee < 0 ? 5000 : -5000, fee, currency })),
});

describe('the fee of a dispute', () => {
  test.each<
    [what: string, fees: [number, string][], feeMinor: number, returned: number, currency: string | null]
  >([
    ['nothing has moved', [], 0, 0, null],
    ['a transaction without a fee', [[0, 'usd']], 0, 0, null],
    ['in the currency of the account', [[1500, 'usd']], 1500, 0, 'USD'],
    ['in yen', [[1300, 'jpy']], 1300, 0, 'JPY'],
    ['in krona, which Stripe counts in hundredths', [[200000, 'isk']], 2000, 0, 'ISK'],
    [
      'another one for the evidence',
      [
        [1500, 'usd'],
        [1500, 'usd'],
      ],
      3000,
      0,
      'USD',
    ],
    [
      'and returned',
      [
        [1500, 'usd'],
        [-1500, 'usd'],
      ],
      1500,
      1500,
      'USD',
    ],
    [
      'and a part of it returned',
      [
        [2000, 'eur'],
        [-500, 'eur'],
      ],
      2000,
      500,
      'EUR',
    ],
  ])('%s', (_what, fees, feeMinor, feeReturnedMinor, feeCurrency) => {
    expect(readDispute(dispute(moved(...fees)), 9)).toMatchObject({
      feeMinor,
      feeReturnedMinor,
      feeCurrency,
    });
  });

  test('an old payload without balance transactions has none', () => {
    expect(readDispute(dispute({}), 9)).toMatchObject({ feeMinor: 0, feeCurrency: null });
  });
});

describe('which payment it is about', () => {
  const readers: [what: string, read: (of: object) => object][] = [
    ['a dispute', (of) => readDispute(dispute(of), 9)],
    ['a fraud warning', (of) => readFraudWarning(of as Stripe.Radar.EarlyFraudWarning, 9)],
    ['a refund', (of) => readRefund({ id: 're_1', amount: 5, currency: 'eur', ...of } as Stripe.Refund)],
  ];
  test.each(readers)('%s names its intent, or else its charge', (_what, read) => {
    const named = read({ payment_intent: 'pi_1', charge: 'ch_1' });
    expect(named).toMatchObject({ intentRef: 'pi_1' });
    expect(named).not.toHaveProperty('chargeRef');
    expect(read({ payment_intent: { id: 'pi_1' } })).toMatchObject({ intentRef: 'pi_1' });
    expect(read({ payment_intent: null, charge: 'ch_1' })).toMatchObject({
      intentRef: null,
      chargeRef: 'ch_1',
    });
    expect(read({ charge: { id: 'ch_1' } })).toMatchObject({ intentRef: null, chargeRef: 'ch_1' });
    expect(read({ charge: null })).not.toHaveProperty('chargeRef');
  });
});
