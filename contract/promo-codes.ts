import * as z from 'zod/mini';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';
import { instantSchema } from './time.ts';

/** Promo codes: words that make tickets cheaper. Written for the browser too, as person.ts is. */

/** A code as it is kept, whatever case and width it was typed in: ` summer-27 ` is `SUMMER-27`. */
export const promoCodeSchema = z.string().check(
  z.maxLength(100),
  z.overwrite((typed) => typed.normalize('NFKC').trim().toUpperCase()),
  z.regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{2,31}$/u, 'expected 3 to 32 letters, digits and hyphens'),
  z.meta({ examples: ['SUMMER-27'] }),
);

/** A promo code as its organiser writes it: exactly one of `percentOff` and `amountOffMinor`. */
export const promoCodeInput = z.strictObject({
  code: promoCodeSchema,
  /** By how many whole per cent each ticket costs less. */
  percentOff: z._default(z.nullable(whole(1, 100)), null),
  /** By how much each ticket costs less, in minor units of the event's currency; none costs less than nothing. */
  amountOffMinor: z._default(z.nullable(whole(1, maxPriceMinor)), null),
  /** How many tickets may be bought with it; null for as many as there are. */
  maxTickets: z._default(z.nullable(whole(1, 1_000_000)), null),
  validUntil: z._default(z.nullable(instantSchema), null),
});

/** What a buyer types. */
export const promoCodeFields = z.strictObject({ code: promoCodeSchema });
