import * as z from 'zod/mini';
import { currencies, minorDigits } from './currencies.ts';

export const currencySchema = z.enum(currencies);
export type Currency = z.infer<typeof currencySchema>;

/** The highest price of one ticket, in minor units: 10 million in a currency with two decimals. */
export const maxPriceMinor = 1_000_000_000;

/**
 * The highest single amount, in minor units: 100 million in a currency with two decimals. Admit refuses a larger order
 * (`amount_too_large`), so no payment, refund or ledger entry is larger. The domain `amount_minor` in the database has the
 * same range. A sum of 900,000 such amounts is still a safe integer.
 */
export const maxAmountMinor = 10_000_000_000;

/** An amount of money in whole minor units (cents) with its currency. */
export const moneySchema = z
  .strictObject({ amount: z.int().check(z.gte(0), z.lte(maxAmountMinor)), currency: currencySchema })
  .check(z.meta({ id: 'Money', examples: [{ amount: 2500, currency: 'EUR' }] }));
export type Money = z.infer<typeof moneySchema>;

/**
 * The parts of a price; they add up to it. `net` is the price without tax and booking fee, after a promo code. `tax` is the
 * tax on the ticket. `fee` is the booking fee that the buyer pays, with the tax on it.
 */
export const pricePartsSchema = z
  .strictObject({ net: moneySchema, tax: moneySchema, fee: moneySchema })
  .check(z.meta({ id: 'PriceParts' }));
export type PriceParts = z.infer<typeof pricePartsSchema>;

/** The parts of a whole order. `feeTax` is the tax in `fee`. `discount` is what a promo code took off the price. */
export const orderPartsSchema = z
  .strictObject({
    net: moneySchema,
    tax: moneySchema,
    fee: moneySchema,
    feeTax: moneySchema,
    discount: moneySchema,
  })
  .check(z.meta({ id: 'OrderParts' }));
export type OrderParts = z.infer<typeof orderPartsSchema>;

/** Formats `{ amount: 2500, currency: 'EUR' }` for readers in `locale`. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const digits = minorDigits(currency);
  const key = locale + currency;
  let format = moneyFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    moneyFormats.set(key, format);
  }
  return format.format(amount / 10 ** digits);
}

/** By locale and currency, because making a format takes as long as using it fifty times. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

/**
 * Splits whole minor units by weights so that the parts always sum to the whole. Each part is rounded down. The units
 * left over go to the parts with the largest remainders, the earlier part first if remainders are equal. So no part is
 * larger than its weight while the amount is not larger than the sum. Weights are whole numbers. Throws RangeError if a
 * weight is negative or all weights are zero.
 */
export function allocate(amountMinor: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0) || weights.some((weight) => weight < 0)) throw new RangeError('weights must be positive');
  // Products of two amounts are larger than 2^53.
  const exact = weights.map((weight) => BigInt(amountMinor) * BigInt(weight));
  const parts = exact.map((value) => Number(value / BigInt(sum)));
  let left = amountMinor - parts.reduce((total, part) => total + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: Number(value % BigInt(sum)) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left-- <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}
