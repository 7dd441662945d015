import { z } from 'zod';
import { accountTypes } from './account-types.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { orderFilterFields, orderSortField, orderTextField } from './order-search.ts';
import { orderSchema } from './orders.ts';
import { instantSchema } from './time.ts';

const organisationParam = z.object({ organisationId: idSchema('organisation') });
const page = {
  cursor: z.optional(idSchema('order')),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

const foundOrderSchema = orderSchema
  .extend({ tags: z.array(z.string()).meta({ description: 'The tags that the team gave to the order.' }) })
  .meta({ id: 'FoundOrder' });
export type FoundOrder = z.infer<typeof foundOrderSchema>;

export const findOrders = operation({
  id: 'findOrders',
  method: 'GET',
  path: '/api/organisations/{organisationId}/orders',
  tag: 'Organise',
  summary: 'Find orders of your events, the latest first',
  description:
    'By `q`: the number of the order, the address of its buyer, names of the buyer and the attendees, a seat (row and seat: `B12`), or the last four digits of the card. Each word may be only the beginning of a word. Case, accents and spaces do not matter. An order that was just bought or changed may take a second to be found. The filters narrow the list further. With filters and without `q`, an answer looks at a few thousand orders at most, so it may have fewer items than `limit`, or none, and a `nextCursor` with which the search goes on.',
  access: 'team',
  needs: 'orders.read',
  ofMembersEvents: true,
  params: organisationParam,
  query: z.strictObject({ q: orderTextField, ...orderFilterFields, sort: orderSortField, ...page }),
  status: 200,
  reply: z.object({ items: z.array(foundOrderSchema), nextCursor: z.nullable(idSchema('order')) }),
  errors: [],
});

const accountTypeSchema = z.enum(accountTypes);

export const bookEntrySchema = z
  .object({
    kind: z
      .string()
      .meta({ description: 'The movement, as in docs/money.md: charge, refund, refund_sent …' }),
    from: accountTypeSchema,
    to: accountTypeSchema,
    amount: moneySchema,
    at: instantSchema,
  })
  .meta({ id: 'BookEntry' });

export const orderBooksSchema = z
  .object({
    orderId: idSchema('order'),
    number: z.string(),
    eventId: idSchema('event'),
    entries: z.array(bookEntrySchema).meta({ description: 'In the order in which they were booked.' }),
  })
  .meta({ id: 'OrderBooks' });
export type OrderBooks = z.infer<typeof orderBooksSchema>;

export const booksSchema = z
  .object({
    accounts: z
      .array(
        z.object({
          type: accountTypeSchema,
          currency: z.string(),
          /** In minor units. Below 0 if more left the account than came in. */
          balance: z.int(),
        }),
      )
      .meta({
        description:
          'The balance of each type of account over all orders of the organisation, one per currency. `provider` is the money that the payment provider has, and `till` what the team took itself. The other balances of a currency add up to these two.',
      }),
    orders: z.array(orderBooksSchema),
    nextCursor: z.nullable(idSchema('order')),
  })
  .meta({ id: 'Books' });
export type Books = z.infer<typeof booksSchema>;

export const getBooks = operation({
  id: 'getBooks',
  method: 'GET',
  path: '/api/organisations/{organisationId}/books',
  tag: 'Organise',
  summary: 'Read the money ledger of your orders: balances, and the entries of each order',
  description:
    'The orders are the latest first, in pages. The balances are of all orders, whatever the page.',
  access: 'team',
  needs: 'money.read',
  params: organisationParam,
  query: z.strictObject(page),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: booksSchema,
  errors: [],
});
