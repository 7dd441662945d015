import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOf, priceOf } from '../../../contract/price.ts';
import {
  minus,
  noSplit,
  orderFeeOf,
  type PricedLine,
  plus,
  type Split,
  splitOfOrder,
  splitOfTickets,
  splitRefund,
  sumOf,
  totalOf,
} from './split.ts';

const tax = fc.option(
  fc.record({
    name: fc.constant('VAT'),
    ratePercent: fc.constantFrom(0, 7, 8.875, 19, 100),
    included: fc.boolean(),
  }),
);
const fee = fc.option(
  fc.record({
    perTicketMinor: fc.constantFrom(0, 1, 99, 5000),
    perTicketPercent: fc.constantFrom(0, 2.5, 100),
    perOrderMinor: fc.constantFrom(0, 1, 100, 5000),
    paidBy: fc.constantFrom('buyer' as const, 'absorbed' as const),
    tax: fc.option(fc.record({ name: fc.constant('VAT'), ratePercent: fc.constantFrom(0, 19, 100) })),
  }),
);
const types = fc.array(
  fc.record({ listMinor: fc.nat(9000), quantity: fc.integer({ min: 1, max: 4 }), tax }),
  { minLength: 1, maxLength: 3 },
);
const lines = fc.tuple(types, fee).map(([list, feeOf]): PricedLine[] =>
  list.map(({ listMinor, quantity, tax: taxOf }) => {
    const parts = partsOf(listMinor, { tax: taxOf, fee: feeOf, step: 1 });
    return { quantity, parts, unitMinor: priceOf(parts), pricing: { listMinor, tax: taxOf, fee: feeOf } };
  }),
);

const isWhole = (split: Split) => Object.values(split).every((part) => Number.isInteger(part) && part >= 0);

test('the accounts of an order get exactly what the buyer pays', () => {
  fc.assert(
    fc.property(lines, (order) => {
      const split = splitOfOrder(order);
      expect(sumOf(split)).toBe(totalOf(order));
      expect(isWhole(split)).toBe(true);
      expect(split.taxMinor).toBe(order.reduce((sum, line) => sum + line.quantity * line.parts.taxMinor, 0));
    }),
    { numRuns: 500 },
  );
});

test('all refunds of an order together give back exactly each part, whatever they are and in any order', () => {
  const refunds = fc.array(
    fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), ticket: fc.nat(11) }),
  );
  fc.assert(
    fc.property(lines, refunds, (order, asked) => {
      const whole = splitOfOrder(order);
      const tickets = order.flatMap((line) =>
        Array.from({ length: line.quantity }, () => splitOfTickets([{ ...line, quantity: 1 }])),
      );
      let refunded = noSplit;
      const refund = (minor: number, wanted: Split) => {
        const split = splitRefund(minor, wanted, minus(whole, refunded));
        expect(sumOf(split)).toBe(minor);
        expect(isWhole(split)).toBe(true);
        refunded = plus(refunded, split);
        expect(isWhole(minus(whole, refunded))).toBe(true);
      };
      for (const { share, ticket } of asked)
        refund(
          Math.floor((sumOf(whole) - sumOf(refunded)) * share),
          tickets[ticket % tickets.length] ?? noSplit,
        );
      refund(sumOf(whole) - sumOf(refunded), noSplit);
      expect(refunded).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});

test('the refund of a ticket takes the tax of that ticket, and of no other', () => {
  const of = (listMinor: number, ratePercent: number): PricedLine => {
    const pricing = { listMinor, tax: { name: 'VAT', ratePercent, included: true }, fee: null };
    const parts = partsOf(listMinor, { ...pricing, step: 1 });
    return { quantity: 1, parts, unitMinor: priceOf(parts), pricing };
  };
  const [reduced, full] = [of(1070, 7), of(1190, 19)];
  const whole = splitOfOrder([reduced, full]);
  expect(splitRefund(1070, splitOfTickets([reduced]), whole)).toEqual({
    ...noSplit,
    organiserMinor: 1000,
    taxMinor: 70,
  });
  // Half of it takes half of each part.
  expect(splitRefund(595, splitOfTickets([full]), whole)).toEqual({
    ...noSplit,
    organiserMinor: 500,
    taxMinor: 95,
  });
});

test('the first line that is not free has the terms of the fee of the order', () => {
  const pricing = {
    listMinor: 0,
    tax: null,
    fee: { perTicketMinor: 0, perTicketPercent: 0, perOrderMinor: 100, paidBy: 'buyer' as const, tax: null },
  };
  const free = { quantity: 1, unitMinor: 0, parts: { netMinor: 0, taxMinor: 0, feeMinor: 0 }, pricing };
  expect(orderFeeOf([free]).feeMinor).toBe(0);
  const paid = { quantity: 2, unitMinor: 500, parts: { netMinor: 500, taxMinor: 0, feeMinor: 0 }, pricing };
  expect(totalOf([free, paid])).toBe(1100);
});
