import { z } from 'zod';
import { idSchema } from './ids.ts';
import { orderColumns } from './order-columns.ts';
import { orderOrigins } from './order-origins.ts';
import { orderStatusSchema } from './orders.ts';
import { instantSchema } from './time.ts';

/** What a search for orders may ask for besides a text. A query and a saved view have the same members. */
const amount = z.coerce.number().int().min(0).max(1_000_000_000_000);
const name = z.string().trim().min(1);

export const orderFilterFields = {
  event: z.optional(idSchema('event')),
  status: z.optional(orderStatusSchema),
  origin: z
    .optional(z.enum(orderOrigins))
    .meta({ description: 'How the order came about: placed by its buyer, or complimentary.' }),
  ticketType: z.optional(idSchema('ticketType')).meta({ description: 'Orders with a place of this type.' }),
  code: z.optional(name.max(40)).meta({ description: 'Orders bought with this promo code.' }),
  link: z
    .optional(name.max(60))
    .meta({ description: 'Orders whose buyer came by this link (`ref` or `utm_source`).' }),
  tag: z.optional(name.max(40)).meta({ description: 'Orders to which the team gave this tag.' }),
  from: z.optional(instantSchema).meta({ description: 'Orders placed at this instant or later.' }),
  to: z.optional(instantSchema).meta({ description: 'Orders placed before this instant.' }),
  checkedIn: z
    .optional(z.enum(['yes', 'no']))
    .meta({ description: '`yes`: at least one ticket was admitted. `no`: none was.' }),
  minTotal: z.optional(amount).meta({ description: 'In minor units of the currency of the order.' }),
  maxTotal: z.optional(amount).meta({ description: 'In minor units of the currency of the order.' }),
  refunded: z
    .optional(z.enum(['none', 'part', 'whole']))
    .meta({ description: 'How much of the total went back to the buyer.' }),
};
const orderFiltersSchema = z.strictObject(orderFilterFields);
export type OrderFilters = z.infer<typeof orderFiltersSchema>;

export const orderTextField = z.string().trim().max(200).default('');
export const orderSortField = z.enum(['latest', 'oldest']).default('latest');
export type OrderSort = z.infer<typeof orderSortField>;

const day = z.iso.date().meta({
  description: 'A day in the time zone of the reader. `to` is included.',
});
/** A saved list names days instead of instants, and not the text that somebody typed: it may be the name of a buyer. */
export const savedSearchSchema = z
  .strictObject({
    ...orderFilterFields,
    from: z.optional(day),
    to: z.optional(day),
    sort: z.optional(orderSortField.unwrap()),
    columns: z.array(z.enum(orderColumns)).max(orderColumns.length).meta({
      description: 'What the list shows of each order, besides its number and the name of its buyer.',
    }),
  })
  .meta({ id: 'SavedOrderSearch' });
export type SavedOrderSearch = z.infer<typeof savedSearchSchema>;
