import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies, minorDigits, stepMinor, stripeUnits } from './currencies.ts';
import { allocate, formatMoney, maxPriceMinor } from './money.ts';
import { type BookingFee, bookingFeeSchema, orderFeeParts, partsOf, priceOf, taxSchema } from './price.ts';

const percent = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 10_000);
const tax = fc.option(fc.record({ name: fc.constant('VAT'), ratePercent: percent, included: fc.boolean() }));
const step = fc.constantFrom(1, 10);
const fee = fc.option(
  fc.record({
    perTicketMinor: fc.integer({ min: 0, max: 100_000 }).map((n) => n * 10),
    perTicketPercent: percent,
    perOrderMinor: fc.integer({ min: 0, max: 100_000 }).map((n) => n * 10),
    paidBy: fc.constantFrom('buyer' as const, 'absorbed' as const),
    tax: fc.option(fc.record({ name: fc.constant('VAT'), ratePercent: percent })),
  }),
);
const list = fc
  .oneof(fc.integer({ min: 0, max: maxPriceMinor / 10 }), fc.integer({ min: 0, max: 500 }))
  .map((n) => n * 10);

const none: BookingFee = {
  perTicketMinor: 0,
  perTicketPercent: 0,
  perOrderMinor: 0,
  paidBy: 'buyer',
  tax: null,
};

describe('the parts of a price', () => {
  test('add up, are whole and not negative, and a free ticket has none', () => {
    fc.assert(
      fc.property(list, tax, fee, step, (listMinor, taxOf, feeOf, each) => {
        const parts = partsOf(listMinor, { tax: taxOf, fee: feeOf, step: each });
        for (const part of Object.values(parts)) expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
        expect(parts.netMinor + parts.taxMinor + parts.feeMinor).toBe(priceOf(parts));
        expect(priceOf(parts) % each).toBe(0);
        if (listMinor === 0) expect(priceOf(parts)).toBe(0);
        // What is not a fee of the buyer's is the organiser's price, with the tax in it or on top.
        if (taxOf === null || taxOf.included) expect(parts.netMinor + parts.taxMinor).toBe(listMinor);
        else expect(parts.netMinor).toBe(listMinor);
        expect(parts.absorbedMinor ?? 0).toBeLessThanOrEqual(parts.netMinor);
        expect(parts.feeTaxMinor ?? 0).toBeLessThanOrEqual(parts.feeMinor + (parts.absorbedMinor ?? 0));
      }),
      { numRuns: 500 },
    );
  });

  test('the tax on top is within half a step of the exact tax, and a half is rounded up', () => {
    fc.assert(
      fc.property(list, percent, step, (listMinor, ratePercent, each) => {
        const { taxMinor } = partsOf(listMinor, {
          tax: { name: 'T', ratePercent, included: false },
          fee: null,
          step: each,
        });
        // 2e6 times the exact tax is a whole number.
        const exact = 2n * BigInt(listMinor) * BigInt(Math.round(ratePercent * 10_000));
        const difference = exact - 2_000_000n * BigInt(taxMinor);
        expect(difference < 1_000_000n * BigInt(each) && difference >= -1_000_000n * BigInt(each)).toBe(true);
      }),
      { numRuns: 500 },
    );
    const of = (minor: number, ratePercent: number) =>
      partsOf(minor, { tax: { name: 'T', ratePercent, included: false }, fee: null, step: 1 }).taxMinor;
    expect([of(50, 1), of(49, 1), of(150, 1)]).toEqual([1, 0, 2]);
  });

  test('tax that is included and the same tax on top of the net price agree within a minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), percent, (listMinor, ratePercent) => {
        const terms = (included: boolean) => ({
          tax: { name: 'T', ratePercent, included },
          fee: null,
          step: 1,
        });
        const { netMinor } = partsOf(listMinor, terms(true));
        expect(Math.abs(priceOf(partsOf(netMinor, terms(false))) - listMinor)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('the percentage of a fee is of the price with its tax, also of a tax on top', () => {
    const of = (included: boolean) =>
      partsOf(10_000, {
        tax: { name: 'VAT', ratePercent: 25, included },
        fee: { ...none, perTicketPercent: 2.5, perTicketMinor: 1 },
        step: 1,
      });
    expect(of(false)).toEqual({ netMinor: 10_000, taxMinor: 2500, feeMinor: 314 });
    expect(of(true)).toEqual({ netMinor: 8000, taxMinor: 2000, feeMinor: 251 });
  });

  test('an absorbed fee changes no price and takes no more than the organiser has', () => {
    const terms = { tax: null, fee: { ...none, perTicketMinor: 300, paidBy: 'absorbed' as const }, step: 1 };
    expect(partsOf(2000, terms)).toEqual({ netMinor: 2000, taxMinor: 0, feeMinor: 0, absorbedMinor: 300 });
    expect(partsOf(200, terms)).toMatchObject({ netMinor: 200, absorbedMinor: 200 });
  });

  test('the fee of an order is charged once, and not for an order that costs nothing', () => {
    const terms = { ...none, perOrderMinor: 119, tax: { name: 'VAT', ratePercent: 19 } };
    expect(orderFeeParts(terms, 4000, 4000)).toMatchObject({ feeMinor: 119, feeTaxMinor: 19 });
    expect(orderFeeParts(terms, 0, 0)).toMatchObject({ feeMinor: 0 });
    expect(orderFeeParts({ ...terms, paidBy: 'absorbed' }, 4000, 50)).toMatchObject({
      feeMinor: 0,
      absorbedMinor: 50,
    });
  });

  test('a rate may have four decimals', () => {
    expect(taxSchema.safeParse({ name: 'Sales tax', ratePercent: 8.875, included: false }).success).toBe(
      true,
    );
    expect(taxSchema.safeParse({ name: 'VAT', ratePercent: 19.00001, included: true }).success).toBe(false);
    expect(taxSchema.safeParse({ name: 'VAT', ratePercent: 101, included: true }).success).toBe(false);
    expect(bookingFeeSchema.parse({ perTicketMinor: 99 })).toEqual({ ...none, perTicketMinor: 99 });
    expect(
      partsOf(10_000, { tax: { name: 'T', ratePercent: 8.875, included: false }, fee: null, step: 1 })
        .taxMinor,
    ).toBe(888);
  });
});

describe('currencies', () => {
  test('each has its decimals, its step and its unit at Stripe', () => {
    const of = (code: string) => [minorDigits(code), stepMinor(code), stripeUnits(code)];
    expect(of('EUR')).toEqual([2, 1, 1]);
    expect(of('JPY')).toEqual([0, 1, 1]);
    expect(of('KWD')).toEqual([3, 10, 1]);
    expect(of('ISK')).toEqual([0, 1, 100]);
    expect(of('UGX')).toEqual([0, 1, 100]);
    expect(of('HUF')).toEqual([2, 1, 1]);
    expect(new Set(currencies).size).toBe(currencies.length);
    expect(currencies.filter((code) => minorDigits(code) === 0)).toHaveLength(17);
    expect(currencies.filter((code) => minorDigits(code) === 3)).toHaveLength(5);
  });

  test('an amount is written with the decimals of its currency', () => {
    const written = (amount: number, currency: 'EUR' | 'JPY' | 'KWD' | 'RSD' | 'ISK') =>
      formatMoney({ amount, currency }, 'en').replaceAll(/\s/g, ' ');
    expect(written(2550, 'EUR')).toBe('€25.50');
    expect(written(2550, 'JPY')).toBe('¥2,550');
    expect(written(25_550, 'KWD')).toBe('KWD 25.550');
    expect(written(25_550, 'RSD')).toBe('RSD 255.50');
    expect(written(2550, 'ISK')).toBe('ISK 2,550');
  });
});

test('allocate gives back the whole amount, and no part more than its weight', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (parts, share) => {
      const sum = parts.reduce((total, part) => total + part, 0);
      fc.pre(sum > 0);
      const amount = Math.round(sum * share);
      const given = allocate(amount, parts);
      expect(given.reduce((total, part) => total + part, 0)).toBe(amount);
      for (const [i, part] of given.entries()) expect(part).toBeLessThanOrEqual(parts[i] as number);
    }),
    { numRuns: 500 },
  );
});
