import type { Currency } from '../../../contract/money.ts';

/**
 * The least that card payments can collect, in minor units: what Stripe publishes for each currency. A
 * ticket is free or costs at least this; otherwise it would be held, ordered, and then impossible to pay.
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
