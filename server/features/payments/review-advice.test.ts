import { expect, test } from 'vitest';
import { moneyReviewReasons } from '../../../contract/money-reviews.ts';
import { adviceOn } from './review-advice.ts';

const item = { direction: 'in' as const, amountMinor: 2500, currency: 'EUR', crossedMinor: 0 };

test.each(moneyReviewReasons)('%s: the advice says how much it is, and how to settle the item', (reason) => {
  const advice = adviceOn({ ...item, reason });
  expect(advice).toContain('€25.00');
  expect(advice).toMatch(/"(refund|write_off)"/);
});

test.each([
  [1250, 'The buyer still waits for €12.50'],
  [2500, 'The buyer has the whole amount'],
  [3000, 'The buyer has the whole amount'],
])('a refund that %i minor units at the provider have crossed', (crossedMinor, expected) => {
  expect(adviceOn({ ...item, reason: 'refund_failed', direction: 'none', crossedMinor })).toContain(expected);
});

test('an amount in a currency that Admit does not sell in is said in minor units', () => {
  expect(adviceOn({ ...item, reason: 'unknown_order', currency: 'XTS' })).toContain(
    '2500 minor units of XTS',
  );
});
