import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';
import { instantSchema } from './time.ts';

/**
 * What a ticket type may cost besides its one price (docs/prices.md). A type has price steps, or group prices, or it is
 * pay what you want: never two of them, because a buyer could not tell which of two prices counts.
 */

const stepName = z.string().check(z.trim(), z.maxLength(40));

/**
 * An earlier price of a ticket type. It ends at `until`, or when `places` tickets are held or sold at it, whatever comes
 * first. Then the next step begins, and after the last one the price of the type.
 */
const priceStepInput = z
  .strictObject({
    /** The id keeps the count of this step across an edit. */
    id: z.optional(idSchema('priceStep')),
    name: z._default(stepName, ''),
    /** In minor units of the event's currency, as the type's own `priceMinor`. */
    priceMinor: whole(0, maxPriceMinor),
    until: z._default(z.nullable(instantSchema), null),
    places: z._default(z.nullable(whole(1, 1_000_000)), null),
  })
  .check(
    z.refine(({ until, places }) => until !== null || places !== null, {
      message: 'give until, places or both: a step must end',
      path: ['until'],
    }),
  );

/** From `from` tickets of the type in one order on, each of them costs `priceMinor`. */
const groupPriceInput = z.strictObject({ from: whole(2, 100), priceMinor: whole(0, maxPriceMinor) });

/** Buyers name the price of each ticket: at least `minMinor`. The price of the type is what the page suggests. */
const payWhatYouWantInput = z.strictObject({ minMinor: whole(0, maxPriceMinor) });

export const ticketPriceFields = {
  /** The smallest number of tickets of this type in one order. A later cancellation may leave fewer. */
  minPerOrder: z._default(whole(1, 100), 1),
  priceSteps: z._default(z.array(priceStepInput).check(z.maxLength(10)), []),
  groupPrices: z._default(z.array(groupPriceInput).check(z.maxLength(10)), []),
  payWhatYouWant: z._default(z.nullable(payWhatYouWantInput), null),
};
