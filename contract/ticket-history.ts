import { z } from 'zod';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { resaleSchema } from './resale-shapes.ts';
import { instantSchema } from './time.ts';
import { transferSchema } from './transfers.ts';

/* What happened to the tickets of an order, for the organiser. */

const placedSchema = z.object({ ticketTypeName: z.string(), place: placeSchema.nullable() });

export const ticketEventSchema = z
  .object({
    at: instantSchema,
    ticketId: idSchema('ticket'),
    kind: z.enum(['transfer', 'rename', 'exchange', 'resale']),
    by: z.enum(['holder', 'organiser']).meta({ description: '`organiser`: a member of the team.' }),
    byName: z.string().nullable().meta({ description: 'Null if nobody knows the name any more.' }),
    transfer: transferSchema.nullable().meta({ description: 'Only with the kind `transfer`.' }),
    rename: z
      .object({ from: z.string().nullable(), to: z.string().nullable() })
      .nullable()
      .meta({ description: 'Only with the kind `rename`. The names are null after their erasure.' }),
    exchange: z
      .object({
        fromOrderId: idSchema('order'),
        toOrderId: idSchema('order'),
        from: placedSchema,
        to: placedSchema,
        status: z.enum(['pending', 'done', 'ended']).meta({
          description:
            '`pending`: it waits for its payment. `ended`: nobody paid, and nothing was exchanged.',
        }),
        /** What the exchange costs. */
        pay: moneySchema,
        /** What went back. */
        back: moneySchema,
      })
      .nullable()
      .meta({ description: 'Only with the kind `exchange`.' }),
    resale: resaleSchema
      .omit({ ticketId: true })
      .extend({
        toOrderId: z
          .nullable(idSchema('order'))
          .meta({ description: 'The order that bought it; null before.' }),
      })
      .nullable()
      .meta({ description: 'Only with the kind `resale`: an offer of the ticket to the waitlist.' }),
  })
  .meta({ id: 'TicketEvent' });
export type TicketEvent = z.infer<typeof ticketEventSchema>;

export const listTicketHistory = operation({
  id: 'listTicketHistory',
  method: 'GET',
  path: '/api/orders/{orderId}/ticket-history',
  tag: 'Organise',
  summary:
    'List what happened to the tickets of an order: transfers, renames, exchanges and resales, the oldest first',
  description:
    'For the team of the event. An exchange is in the history of both of its orders: the one that had the ticket and the one that replaces it.',
  access: 'team',
  needs: 'orders.read',
  params: z.object({ orderId: idSchema('order') }),
  status: 200,
  reply: z.object({ items: z.array(ticketEventSchema) }),
  errors: [],
});
