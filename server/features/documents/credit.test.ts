import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf, priceOf } from '../../../contract/price.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import { linesAt, placesOf } from '../inventory/places.ts';
import {
  minus,
  noSplit,
  plus,
  splitOfOrder,
  splitOfTickets,
  splitRefund,
  sumOf,
  totalOf,
} from '../sale/split.ts';
import { type CreditedLines, creditLines, leftOfLines } from './credit.ts';
import { type DocumentLine, linesOfOrder, sumOfLines, taxLines, taxOfLines } from './document.ts';

const feeTax = fc.option(fc.record({ name: fc.constant('VAT'), ratePercent: fc.constantFrom(0, 19, 100) }));
const fee = fc.option(
  fc.record({
    perTicketMinor: fc.constantFrom(0, 1, 99, 5000),
    perTicketPercent: fc.constantFrom(0, 2.5, 100),
    perOrderMinor: fc.constantFrom(0, 1, 100, 5000),
    paidBy: fc.constantFrom('buyer' as const, 'absorbed' as const),
    tax: feeTax,
  }),
);
const tax = fc.option(
  fc.record({
    name: fc.constant('VAT'),
    ratePercent: fc.constantFrom(0, 7, 8.875, 19, 100),
    included: fc.boolean(),
  }),
);
const types = fc.array(
  fc.record({ listMinor: fc.nat(9000), quantity: fc.integer({ min: 1, max: 4 }), tax }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

/** Lines of an order. `mixed` gives each line a fee of its own, as after an edit of the event. */
const orders = fc
  .tuple(types, fc.array(fee, { minLength: 3, maxLength: 3 }), fc.boolean())
  .map(([list, fees, mixed]): HoldLine[] =>
    list.map(({ listMinor, quantity, tax: taxOf }, i) => {
      const feeOf = fees[mixed ? i : 0] ?? null;
      const parts = partsOf(listMinor, { tax: taxOf, fee: feeOf, step: 1 });
      const pricing = { listMinor, tax: taxOf, fee: feeOf };
      const common = { ticketTypeId: `tty_${i}` as const, name: `Type ${i}`, pools: [] };
      return { ...common, quantity, parts, pricing, unitMinor: priceOf(parts) };
    }),
  );

const isWhole = (lines: DocumentLine[]) =>
  lines.every(({ netMinor, taxMinor }) =>
    [netMinor, taxMinor].every((part) => Number.isInteger(part) && part >= 0),
  );

test('the lines of a receipt are exactly what the buyer pays, and the taxes exactly what the ledger books', () => {
  fc.assert(
    fc.property(orders, (order) => {
      const lines = linesOfOrder(order);
      expect(isWhole(lines)).toBe(true);
      expect(sumOfLines(lines)).toBe(totalOf(order));
      const ofSeller = taxLines(lines).filter(({ supplier }) => supplier === 'seller');
      expect(ofSeller.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(splitOfOrder(order).taxMinor);
      expect(taxLines(lines).reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0)).toBe(
        totalOf(order),
      );
    }),
    { numRuns: 300 },
  );
});

const refunds = fc.array(
  fc.record({ ticket: fc.nat(11), share: fc.double({ min: 0, max: 1, noNaN: true }), isNamed: fc.boolean() }),
  { maxLength: 8 },
);

test('credit notes add up to the refunds, take no line below nothing, and a full refund takes back every line', () => {
  fc.assert(
    fc.property(orders, refunds, (order, asked) => {
      const whole = splitOfOrder(order);
      const bought = linesOfOrder(order);
      let refunded = noSplit;
      let left = bought;
      const places = placesOf(order);
      const refund = (amount: number, position: number | null) => {
        const wanted = position === null ? whole : splitOfTickets(linesAt(order, [position]));
        const split = splitRefund(amount, wanted, minus(whole, refunded));
        const line = position === null ? null : order.indexOf(places[position]?.line as HoldLine);
        const credited: CreditedLines | null = line === null ? null : new Map([[line, amount]]);
        const lines = creditLines(left, split, credited, bought);
        expect(sumOfLines(lines)).toBe(amount);
        expect(isWhole(lines)).toBe(true);
        left = leftOfLines(left, [lines]);
        expect(isWhole(left)).toBe(true);
        refunded = plus(refunded, split);
        expect(sumOfLines(left)).toBe(totalOf(order) - sumOf(refunded));
      };
      for (const { ticket, share, isNamed } of asked) {
        const position = isNamed ? ticket % places.length : null;
        const price = position === null ? totalOf(order) : (places[position]?.line.unitMinor ?? 0);
        const open = totalOf(order) - sumOf(refunded);
        refund(Math.min(Math.floor(price * share), open), position);
      }
      refund(totalOf(order) - sumOf(refunded), null);
      expect(sumOfLines(left)).toBe(0);
      expect(taxOfLines(left)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

const line = (priceMinor: number, ratePercent: number, quantity: number, i: number): HoldLine => {
  const taxOf = { name: 'VAT', ratePercent, included: true };
  const parts = partsOf(priceMinor, { tax: taxOf, fee: null, step: 1 });
  const pricing = { listMinor: priceMinor, tax: taxOf, fee: null };
  return {
    ticketTypeId: `tty_${i}`,
    name: `Type ${i}`,
    pools: [],
    quantity,
    parts,
    pricing,
    unitMinor: priceMinor,
  };
};

test('a refund of a ticket takes back its own rate of tax and no other', () => {
  const order = [line(1070, 7, 2, 0), line(1190, 19, 2, 1)];
  const bought = linesOfOrder(order);
  const split = { organiserMinor: 1000, taxMinor: 190, feeMinor: 0, feeTaxMinor: 0 };
  const credit = creditLines(bought, split, new Map([[1, 1190]]), bought);
  expect(credit).toMatchObject([{ name: 'Type 1', quantity: 1, netMinor: 1000, taxMinor: 190 }]);
  const left = leftOfLines(bought, [credit]);
  expect(left).toMatchObject([
    { name: 'Type 0', quantity: 2, netMinor: 2000, taxMinor: 140 },
    { name: 'Type 1', quantity: 1, netMinor: 1000, taxMinor: 190 },
  ]);
});

test('a refund that is more than what is left of the invoice is an error and no document', () => {
  const bought = linesOfOrder([line(1070, 7, 1, 0)]);
  const split = { organiserMinor: 1001, taxMinor: 70, feeMinor: 0, feeTaxMinor: 0 };
  expect(() => creditLines(bought, split, null, bought)).toThrow(/1 more than/);
});
