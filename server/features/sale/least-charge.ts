import type { Currency } from '../../../contract/money.ts';

/**
 * The smallest amount that one card payment can collect, in minor units, as Stripe publishes it for each currency. It
 * applies to the whole order. A ticket without a code is free or costs at least this much, so that an order of one
 * ticket can be paid. inventory/reprice-lines.ts decides what a promo code leaves of an order's price.
 */
export const leastChargeMinor: Record<Currency, number> = {
  EUR: 50,
  USD: 50,
  GBP: 30,
  CHF: 50,
  SEK: 300,
  NOK: 300,
  DKK: 250,
  PLN: 200,
  CZK: 1500,
  CAD: 50,
  AUD: 50,
  JPY: 50,
};
