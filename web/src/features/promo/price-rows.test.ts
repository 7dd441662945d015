import { expect, test } from 'vitest';
import type { Line } from '../../../../contract/holds.ts';
import { taxesOf } from './promo.ts';

test('the taxes of an order are summed by name and rate, and a line without tax has none', () => {
  const of = (amount: number) => ({ amount, currency: 'EUR' as const });
  const line = (quantity: number, taxMinor: number, ratePercent?: number): Line => ({
    ticketTypeId: 'tty_1',
    name: 'Regular',
    quantity,
    unitPrice: of(1000),
    unitParts: { net: of(1000 - taxMinor), tax: of(taxMinor), fee: of(0) },
    ...(ratePercent !== undefined && { tax: { name: 'VAT', ratePercent, included: true } }),
  });
  expect(taxesOf([line(2, 65, 7), line(1, 160, 19), line(3, 65, 7), line(1, 0)])).toEqual([
    { name: 'VAT', ratePercent: 7, tax: of(325) },
    { name: 'VAT', ratePercent: 19, tax: of(160) },
  ]);
});
