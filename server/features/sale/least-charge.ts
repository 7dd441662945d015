import type { Currency } from '../../../contract/money.ts';

/**
 * The least that one card payment can collect, in minor units: what Stripe publishes for each currency. It binds the whole
 * order. A ticket without a code is free or costs at least this, so that an order of one ticket can be paid; what a promo
 * code leaves of an order is decided in inventory/reprice-lines.ts.
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
