import * as z from 'zod/mini';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';
import { instantSchema } from './time.ts';

/** Promo codes: words that reduce prices. Written with zod/mini for the browser; see person.ts. */

/** A code in its stored form. Case, width and spaces around it do not matter: ` summer-27 ` is `SUMMER-27`. */
export const promoCodeSchema = z.string().check(
  z.maxLength(100),
  // Cut first: what is too long is refused, but only after it was normalized, which takes long for many accents.
  z.overwrite((typed) => typed.slice(0, 100).normalize('NFKC').trim().toUpperCase()),
  z.regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{2,31}$/u, 'expected 3 to 32 letters, digits and hyphens'),
  z.meta({ examples: ['SUMMER-27'] }),
);

/** A promo code from its organiser: exactly one of `percentOff` and `amountOffMinor`. */
export const promoCodeInput = z.strictObject({
  code: promoCodeSchema,
  /** The reduction of each ticket in whole per cent. Only 100 makes an order free. */
  percentOff: z._default(z.nullable(whole(1, 100)), null),
  /** The reduction of each ticket in minor units of the event's currency. A price never falls below 0. */
  amountOffMinor: z._default(z.nullable(whole(1, maxPriceMinor)), null),
  /** How many tickets may be bought with the code; null means no limit. */
  maxTickets: z._default(z.nullable(whole(1, 1_000_000)), null),
  validUntil: z._default(z.nullable(instantSchema), null),
});

/** The code that a buyer enters. */
export const promoCodeFields = z.strictObject({ code: promoCodeSchema });
