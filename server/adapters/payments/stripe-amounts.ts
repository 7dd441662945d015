import { stripeUnits } from '../../../contract/currencies.ts';
import type { Currency } from '../../../contract/money.ts';

/* Stripe's amounts of ISK and UGX have two decimals, which must be zero. Ours have none, as in ISO 4217. */

export const toStripe = (amountMinor: number, currency: Currency): number =>
  amountMinor * stripeUnits(currency);

/** An amount of Stripe's in our units. Stripe writes the currency in lower case, and may name one that we do not know. */
export const amountOf = (amount: number, currency: string): { amountMinor: number; currency: Currency } => {
  const code = currency.toUpperCase() as Currency;
  return { amountMinor: amount / stripeUnits(code), currency: code };
};
