import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { orderSchema } from './orders.ts';
import { refundReasonSchema } from './payments.ts';
import { instantSchema } from './time.ts';

const orderParam = z.object({ orderId: idSchema('order') });

/** Money that goes back to the buyer of an order. */
export const refundSchema = z
  .object({
    id: idSchema('refund'),
    amount: moneySchema,
    status: z.enum(['pending', 'succeeded', 'failed']).meta({
      description:
        'pending: the provider has not sent the money yet. failed: it could not send the money, so a person must pay the buyer in another way.',
    }),
    isByHand: z.boolean().meta({
      description:
        'True for a door sale: the team gives the money back, and the refund is pending until it says so.',
    }),
    cause: refundReasonSchema,
    reason: z.string().nullable().meta({
      description: 'Why, in the words of whoever decided it. Null if the buyer or Admit did.',
    }),
    tickets: z.array(z.object({ id: idSchema('ticket'), amount: moneySchema })).meta({
      description:
        'For which tickets the money goes back, and how much for each. What is missing to `amount` is of the booking fee of the order.',
    }),
    keepsTickets: z
      .boolean()
      .meta({ description: 'True if the refund ended no ticket. Money that bought no ticket ended none.' }),
    createdAt: instantSchema,
    settledAt: z
      .nullable(instantSchema)
      .meta({ description: 'When the provider sent the money, or could not.' }),
  })
  .meta({ id: 'Refund' });
export type Refund = z.infer<typeof refundSchema>;

export const refundRequestSchema = z
  .strictObject({
    tickets: z
      .array(idSchema('ticket'))
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Refund only these tickets. Without it, the whole order.' }),
    amount: z.optional(moneySchema).meta({
      description:
        'Refund this much, in the currency of the order. Without it, everything that is left of what these tickets cost. 0 only ends tickets.',
    }),
    reason: z.string().trim().min(1).max(500).meta({ description: 'Why. The buyer reads it.' }),
    keepTickets: z.boolean().optional().meta({
      description:
        'True: only the money goes back. False: the tickets end. Without it, tickets end, unless `amount` is less than what is left and `tickets` names none.',
    }),
  })
  .meta({ id: 'RefundRequest' });
export type RefundRequest = z.infer<typeof refundRequestSchema>;

export const refundOrder = operation({
  id: 'refundOrder',
  method: 'POST',
  path: '/api/orders/{orderId}/refunds',
  tag: 'Organise',
  summary: 'Refund an order, some of its tickets, or an amount of it',
  description:
    'For the team of the event, at any time: before and after the event, and after check-in. The refund policy does not count. Tickets that end admit nobody any more, and their places are free at once. Tickets that were used stay used; their money can go back. An order becomes `cancelled` with its last ticket. All refunds of a ticket together are never more than its price (`refund_exceeds_paid` says what is left). The refund is `pending` until the provider has sent the money. The buyer gets a mail with amount, tickets and reason. A free order has no refund, but its tickets can end.',
  access: 'team',
  needs: 'orders.refund',
  params: orderParam,
  body: refundRequestSchema,
  status: 201,
  reply: z.object({
    order: orderSchema,
    refund: refundSchema.nullable().meta({ description: 'Null if no money goes back.' }),
  }),
  acts: ['order.refunded'],
  errors: ['order_not_refundable', 'refund_exceeds_paid', 'order_disputed', 'ticket_not_of_order', 'busy'],
  example: {
    body: {
      tickets: ['tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF'],
      reason: 'You could not see the stage from this seat.',
    },
  },
});

export const listOrderRefunds = operation({
  id: 'listOrderRefunds',
  method: 'GET',
  path: '/api/orders/{orderId}/refunds',
  tag: 'Buy',
  summary: 'List the refunds of an order, the latest first',
  description: 'Also refunds of payments that bought nothing, because they came too late or twice.',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: orderParam,
  status: 200,
  reply: z.object({ items: z.array(refundSchema) }),
  errors: [],
});
