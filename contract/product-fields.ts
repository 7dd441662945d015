import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { maxPriceMinor } from './money.ts';
import { whole } from './numbers.ts';
import { coverAddress } from './picture-address.ts';
import { taxSchema } from './price.ts';
import { instantSchema } from './time.ts';

/*
 * Extras: what an event sells beside its tickets, such as a T-shirt, a programme or a drink (docs/extras.md). The organiser's form
 * uses these schemas, so they are written with zod/mini; see person.ts.
 */

const text = (max: number) => z.string().check(z.trim(), z.maxLength(max));

/** How a buyer gets an extra. door: somebody hands it out for its code. post: it is sent. none: there is nothing to hand over. */
const collectKinds = ['door', 'post', 'none'] as const;
export type CollectKind = (typeof collectKinds)[number];
export const collectSchema = z.enum(collectKinds);

/** The most products of one event, and the most variants of one product. */
export const maxProducts = 20;
const maxVariants = 20;

const variantInput = z.strictObject({
  /** The id keeps this variant across an edit. A variant that is left out of the list is removed. */
  id: z.optional(idSchema('ticketType')),
  /** What differs, for example a size. Empty if the product has one variant. */
  name: z._default(text(40), ''),
  /** In minor units of the event's currency, without the booking fee. If the tax is not included, it comes on top. */
  priceMinor: whole(0, maxPriceMinor),
  /** How many there are, with those that are held and sold. */
  stock: whole(0, 1_000_000),
});

export const productInput = z.strictObject({
  id: z.optional(idSchema('product')),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)),
  description: z._default(text(300), ''),
  pictureUrl: z._default(
    z.nullable(
      z
        .string()
        .check(
          z.maxLength(300),
          z.regex(coverAddress, 'expected the address of an uploaded picture, or an https address'),
        ),
    ),
    null,
  ),
  /** What the picture shows, for those who do not see it. */
  pictureAlt: z._default(text(200), ''),
  tax: z._default(z.nullable(taxSchema), null),
  /** Of all variants together. */
  maxPerOrder: z._default(whole(1, 100), 10),
  /** How many a buyer may have for each ticket that they have; null without such a limit. */
  maxPerTicket: z._default(z.nullable(whole(1, 100)), null),
  /** Only a buyer with a ticket of the event may buy it, in the same order or later. */
  needsTicket: z._default(z.boolean(), true),
  collect: z._default(collectSchema, 'door'),
  saleStartsAt: z._default(z.nullable(instantSchema), null),
  saleEndsAt: z._default(z.nullable(instantSchema), null),
  variants: z.array(variantInput).check(z.minLength(1), z.maxLength(maxVariants)),
});
