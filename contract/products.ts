import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { taxSchema } from './price.ts';
import { collectSchema } from './product-fields.ts';
import { instantSchema } from './time.ts';

const variantSchema = z.object({
  /** Hold it like a ticket type: as `ticketTypeId` of `items`. */
  id: idSchema('ticketType'),
  name: z.string(),
  /** What a buyer pays for one, with tax and booking fee. */
  price: moneySchema,
  /** The organiser's price: without the booking fee, and without a tax that comes on top. */
  listPrice: moneySchema,
});

/** An extra: what an event sells beside its tickets. It admits nobody (docs/extras.md). */
export const productSchema = z
  .object({
    id: idSchema('product'),
    name: z.string(),
    description: z.string(),
    pictureUrl: z.string().nullable(),
    pictureAlt: z.string(),
    tax: z.nullable(taxSchema),
    maxPerOrder: z.int().meta({ description: 'Of all variants together.' }),
    maxPerTicket: z.int().nullable().meta({
      description: 'How many a buyer may have for each ticket that they have; null without a limit.',
    }),
    needsTicket: z
      .boolean()
      .meta({ description: 'Only a buyer with a ticket may buy it, in the same order or later.' }),
    /** How a buyer gets it: at the door, by post, or none for nothing to hand over. */
    collect: collectSchema,
    saleStartsAt: z.nullable(instantSchema),
    saleEndsAt: z.nullable(instantSchema),
    variants: z.array(variantSchema),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;

/** A product for its team: with the stock of each variant. */
export const managedProductSchema = productSchema
  .extend({
    variants: z.array(
      variantSchema.extend({
        stock: z.int().meta({ description: 'How many there are, with those that are held and sold.' }),
        held: z.int(),
        sold: z.int(),
      }),
    ),
  })
  .meta({ id: 'ManagedProduct' });
