import * as z from 'zod/mini';
import { idSchema, seatIdSchema } from './ids.ts';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';
import { instantSchema } from './time.ts';

/** The fields of new vouchers. The web's form uses them too, so they are written with zod/mini; see person.ts. */

/** The most vouchers of one batch, and of one batch that keeps places. */
export const mostVouchers = 10_000;
export const mostKeptPlaces = 2_000;
/** The most vouchers of one batch for numbered seats. */
export const mostSeatVouchers = 500;
/** The most vouchers of an event. */
export const mostVouchersOfEvent = 100_000;
/** The most codes of one printed sheet: 125 pages. */
export const mostPrinted = 1000;

export const voucherStates = ['open', 'used', 'ended', 'revoked'] as const;

export const tagSchema = z
  .string()
  .check(z.trim(), z.maxLength(40), z.regex(/^[^\p{Cc}]*$/u, 'expected one line'));

export const usesSchema = whole(1, 1_000_000);
export const budgetSchema = whole(1, 2_000_000_000);

export const voucherFields = {
  /** For the team: what the codes are for. Codes are listed, exported and ended by it. */
  tag: z._default(tagSchema, ''),
  /** What a code takes off the price of each ticket, in whole per cent. At most one of the three; none of them changes no price. */
  percentOff: z._default(z.nullable(whole(1, 100)), null),
  /** In minor units of the event's currency. A price never falls below 0. */
  amountOffMinor: z._default(z.nullable(whole(1, maxPriceMinor)), null),
  /** The organiser's price of each ticket with the code, in minor units. It never raises a price. */
  priceMinor: z._default(z.nullable(whole(0, maxPriceMinor)), null),
  /** The ticket types that the codes are for. Hidden ones among them are open with the code. Null: all that are not hidden. */
  ticketTypeIds: z._default(
    z.nullable(z.array(idSchema('ticketType')).check(z.minLength(1), z.maxLength(50))),
    null,
  ),
  /** The seats to make codes for: one code for each, with one use. */
  seatIds: z._default(
    z.nullable(z.array(seatIdSchema).check(z.minLength(1), z.maxLength(mostSeatVouchers))),
    null,
  ),
  /** How many tickets may be bought with each code. */
  uses: z._default(usesSchema, 1),
  /** The most money that each code takes off in all, in minor units; null for no limit. */
  budgetMinor: z._default(z.nullable(budgetSchema), null),
  /** Places for all unused uses are taken off sale now and kept for whoever has the code. */
  keepsPlaces: z._default(z.boolean(), false),
  validUntil: z._default(z.nullable(instantSchema), null),
};
