import { stepMinor } from '../../../contract/currencies.ts';
import type { Currency } from '../../../contract/money.ts';
import { type BookingFee, type Parts, type PriceTerms, partsOf, type Tax } from '../../../contract/price.ts';

/**
 * What a line freezes of the terms of a price, so that a promo code changes the price by the same terms. A line without
 * tax and fee has none: its whole price is net.
 */
export interface Pricing {
  /** The organiser's price of one place without a promo code. */
  listMinor: number;
  tax: Tax | null;
  fee: BookingFee | null;
}

/** Decision: the parts of a ticket's price by the terms of its event. */
export const partsWith = (
  listMinor: number,
  pricing: Pick<Pricing, 'tax' | 'fee'> | undefined,
  currency: Currency,
): Parts =>
  pricing
    ? partsOf(listMinor, termsOf(pricing, currency))
    : { netMinor: listMinor, taxMinor: 0, feeMinor: 0 };

const termsOf = ({ tax, fee }: Pick<Pricing, 'tax' | 'fee'>, currency: Currency): PriceTerms => ({
  tax,
  fee,
  step: stepMinor(currency),
});
