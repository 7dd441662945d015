import * as z from 'zod/mini';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';

/** A percentage with at most four decimals, for example 8.875. */
const percentSchema = z.number().check(
  z.gte(0),
  z.lte(100),
  z.refine((percent) => Math.abs(percent * 10_000 - Math.round(percent * 10_000)) < 1e-6, {
    error: 'has more than four decimals',
  }),
);
const taxName = z.string().check(z.trim(), z.minLength(1), z.maxLength(20));

/** The tax on a ticket. `included`: the price contains the tax; otherwise the tax comes on top of the price. */
export const taxSchema = z
  .strictObject({ name: taxName, ratePercent: percentSchema, included: z.boolean() })
  .check(z.meta({ id: 'Tax', examples: [{ name: 'VAT', ratePercent: 19, included: true }] }));
export type Tax = z.infer<typeof taxSchema>;

/**
 * The platform's fee for each ticket that is not free, and for each order that is not free. `perTicketPercent` is a
 * percentage of the ticket's price with its tax. `paidBy: 'buyer'` adds the fee to the price, `absorbed` takes it from
 * what the organiser gets. `tax` is the tax that the fee contains.
 */
export const bookingFeeSchema = z
  .strictObject({
    perTicketMinor: z._default(whole(0, maxPriceMinor), 0),
    perTicketPercent: z._default(percentSchema, 0),
    perOrderMinor: z._default(whole(0, maxPriceMinor), 0),
    paidBy: z._default(z.enum(['buyer', 'absorbed']), 'buyer'),
    tax: z._default(z.nullable(z.strictObject({ name: taxName, ratePercent: percentSchema })), null),
  })
  .check(z.meta({ id: 'BookingFee' }));
export type BookingFee = z.infer<typeof bookingFeeSchema>;

/** What turns an organiser's price into the price that a buyer pays. `step` is stepMinor() of the currency. */
export interface PriceTerms {
  tax: Tax | null;
  fee: BookingFee | null;
  step: number;
}

/** The parts of the price of one ticket, in whole minor units. Net, tax and fee add up to what the buyer pays. */
export interface Parts {
  /** Without tax, after a promo code. */
  netMinor: number;
  taxMinor: number;
  /** The booking fee that the buyer pays, with the tax on it. */
  feeMinor: number;
  /** The booking fee that the organiser pays out of `netMinor`. Left out if there is none. */
  absorbedMinor?: number;
  /** The tax in the booking fee, whoever pays the fee. Left out if there is none. */
  feeTaxMinor?: number;
}

/**
 * Decision: the parts of the price of one ticket that its organiser sells for `listMinor`. Each percentage is rounded
 * once per ticket, half up; an order is the sum of its tickets. Tax on top and fees are rounded to whole steps of the
 * currency, because they change the amount that is charged. A free ticket has no tax and no fee.
 */
export function partsOf(listMinor: number, { tax, fee, step }: PriceTerms): Parts {
  if (listMinor === 0 || (tax === null && fee === null))
    return { netMinor: listMinor, taxMinor: 0, feeMinor: 0 };
  const rate = tax === null ? 0 : millionths(tax.ratePercent);
  const taxMinor = tax?.included ? taxIn(listMinor, rate) : share(listMinor, rate, million, step);
  const netMinor = tax?.included ? listMinor - taxMinor : listMinor;
  const parts: Parts = { netMinor, taxMinor, feeMinor: 0 };
  if (fee === null) return parts;
  const percent = share(netMinor + taxMinor, millionths(fee.perTicketPercent), million, step);
  return withFee(parts, fee, fee.perTicketMinor + percent);
}

/**
 * Decision: the fee for the order itself, as parts without a ticket. `earnedMinor` is what the organiser gets of the
 * tickets; an absorbed fee takes no more than that. An order that costs nothing has no fee.
 */
export function orderFeeParts(fee: BookingFee | null, totalMinor: number, earnedMinor: number): Parts {
  const none: Parts = { netMinor: 0, taxMinor: 0, feeMinor: 0 };
  if (fee === null || fee.perOrderMinor === 0 || totalMinor === 0) return none;
  return withFee(none, fee, fee.perOrderMinor, earnedMinor);
}

function withFee(parts: Parts, fee: BookingFee, wantedMinor: number, mostMinor = parts.netMinor): Parts {
  const absorbed = fee.paidBy === 'absorbed';
  const minor = absorbed ? Math.min(wantedMinor, mostMinor) : wantedMinor;
  const feeTaxMinor = fee.tax === null ? 0 : taxIn(minor, millionths(fee.tax.ratePercent));
  return {
    ...parts,
    feeMinor: absorbed ? 0 : minor,
    ...(absorbed && minor > 0 && { absorbedMinor: minor }),
    ...(feeTaxMinor > 0 && { feeTaxMinor }),
  };
}

/** What the buyer pays for one ticket. */
export const priceOf = ({ netMinor, taxMinor, feeMinor }: Parts): number => netMinor + taxMinor + feeMinor;

const million = 1_000_000;
const millionths = (percent: number): number => Math.round(percent * 10_000);

/** The tax in an amount that contains it. Splitting an amount needs no whole steps: the sum stays the same. */
const taxIn = (minor: number, rate: number): number => share(minor, rate, million + rate, 1);

/**
 * `minor * numerator / denominator`, rounded half up to a multiple of `step`. It is exact: the largest product, of a price
 * with 100% tax on top, is 4e15 and below 2^53.
 */
const share = (minor: number, numerator: number, denominator: number, step: number): number =>
  Math.floor((2 * minor * numerator + denominator * step) / (2 * denominator * step)) * step;
