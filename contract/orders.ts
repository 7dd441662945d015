import { z } from 'zod';
import { refundPolicySchema } from './event-fields.ts';
import { lineSchema, placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { languages } from './languages.ts';
import { moneySchema, pricePartsSchema } from './money.ts';
import { operation } from './operation.ts';
import { paymentSchema } from './payments.ts';
import { detailsFields } from './person.ts';
import { instantSchema } from './time.ts';

/**
 * pending → confirmed | failed | expired; then cancelled or refunded. `completed` is a confirmed order whose
 * event is over, and `refunded` one whose money went back in full; both are shown, not stored as such.
 */
export const orderStatuses = [
  'pending',
  'confirmed',
  'failed',
  'expired',
  'cancelled',
  'refunded',
  'completed',
] as const;
export const orderStatusSchema = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

export const orderTicketSchema = z.object({
  id: idSchema('ticket'),
  status: z.enum(['valid', 'used', 'cancelled']),
  ticketTypeName: z.string(),
  place: placeSchema.nullable(),
  attendeeName: z.string().nullable(),
  /** What this ticket was sold for. */
  price: moneySchema,
  /** They add up to `price`. */
  priceParts: pricePartsSchema,
});

/** The event and its terms at the moment of the order. An edit of the event changes none of it. */
export const soldAsSchema = z
  .object({
    title: z.string(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    timeZone: z.string(),
    venueName: z.string(),
    address: z.string(),
    city: z.string(),
    refundPolicy: refundPolicySchema,
  })
  .meta({ id: 'SoldAs' });

export const orderSchema = z
  .object({
    id: idSchema('order'),
    /** Eight characters that a person can read out. */
    number: z.string(),
    status: orderStatusSchema,
    /** The event as it is now: when and where to come. */
    event: z.object({
      id: idSchema('event'),
      slug: z.string(),
      title: z.string(),
      coverUrl: z.string().nullable(),
      startsAt: instantSchema,
      endsAt: instantSchema,
      timeZone: z.string(),
      venueName: z.string(),
      city: z.string(),
    }),
    soldAs: soldAsSchema,
    buyer: z.object({ name: z.string(), email: z.string() }),
    lines: z.array(lineSchema),
    total: moneySchema,
    refunded: moneySchema,
    /** What a cancellation at this instant would give back; null where it would be refused. */
    cancellation: z.object({ refund: moneySchema }).nullable(),
    holdId: idSchema('hold'),
    /** Until when a pending order can be paid. */
    expiresAt: instantSchema,
    /** Why a payment did not become an order, for the buyer to read; null where nothing went wrong. */
    problem: z.enum(['declined', 'places_gone_refunded', 'card_limit_refunded']).nullable(),
    createdAt: instantSchema,
    confirmedAt: z.nullable(instantSchema),
    tickets: z.array(orderTicketSchema),
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof orderSchema>;

export const newOrderSchema = z
  .strictObject({
    holdId: idSchema('hold'),
    /** `attendees`: one per place, or none. Required where the event asks for attendee names. */
    ...detailsFields.shape,
    /** Ask for the provider's own page; the buyer comes back here. Must be an address of this site. */
    returnUrl: z.string().max(500).optional(),
  })
  .meta({ id: 'NewOrder' });
export type NewOrder = z.infer<typeof newOrderSchema>;

const orderParam = z.object({ orderId: idSchema('order') });

export const cancellationRequestSchema = z
  .strictObject({
    tickets: z
      .array(idSchema('ticket'))
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Only these tickets of the order. Without it, all that are not cancelled yet.' }),
  })
  .meta({ id: 'CancellationRequest' });
export type CancellationRequest = z.infer<typeof cancellationRequestSchema>;

export const placeOrder = operation({
  id: 'placeOrder',
  method: 'POST',
  path: '/api/orders',
  tag: 'Buy',
  summary: 'Order what a hold holds, at the price it was held for',
  description:
    'A hold has one order: asking again answers the same one. `payment` is null for a free order, which is confirmed at once. `email_limit_reached` carries `limit` and `have`: one e-mail address, however it is spelt, may have no more places of an event than one buyer.',
  access: 'signed-in',
  headers: {
    'Accept-Language': {
      description: `The language of all mails about the order: ${Object.keys(languages).join(', ')}. English where it asks for another.`,
      example: 'de',
    },
  },
  body: newOrderSchema,
  budgets: ['orderMailsPerRecipient'],
  // A hundred attendees with names of 120 letters, each letter four bytes.
  bodyLimit: 64 * 1024,
  status: 201,
  reply: z.object({ order: orderSchema, payment: paymentSchema.nullable() }),
  errors: [
    'not_found',
    'hold_expired',
    'hold_ended',
    'email_limit_reached',
    'attendee_names_required',
    'payment_provider_unavailable',
    'busy',
  ],
  example: {
    body: {
      holdId: 'hld_01K9ZC4V7R8W3T5XN2M6QHJDEF',
      buyer: { name: 'Ada Osei', email: 'ada@example.com' },
    },
  },
});

export const listOrders = operation({
  id: 'listOrders',
  method: 'GET',
  path: '/api/orders',
  tag: 'Buy',
  summary: 'Your orders, newest first',
  access: 'signed-in',
  query: z.strictObject({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  status: 200,
  reply: z.object({ items: z.array(orderSchema), nextCursor: z.string().nullable() }),
  errors: [],
});

export const getOrder = operation({
  id: 'getOrder',
  method: 'GET',
  path: '/api/orders/{orderId}',
  tag: 'Buy',
  summary: 'An order of yours, with its tickets once confirmed',
  access: 'holder',
  params: orderParam,
  status: 200,
  reply: orderSchema,
  errors: [],
});

export const cancelOrder = operation({
  id: 'cancelOrder',
  method: 'POST',
  path: '/api/orders/{orderId}/cancellation',
  tag: 'Buy',
  summary: "Cancel: a pending order is dropped, a confirmed one refunded by the event's policy",
  description:
    'Whole, or by ticket where the body names `tickets`. The places are free at once. The order is `cancelled` when its last ticket is; until then it stays `confirmed` and shows which of its tickets are cancelled. Asking again to cancel the whole order answers the cancelled order. A ticket that was used or cancelled before is refused with `ticket_not_cancellable`, and an order of which a ticket was used can only be cancelled by ticket. It is all or nothing: a refusal cancels no ticket.',
  access: 'holder',
  params: orderParam,
  body: cancellationRequestSchema.optional(),
  status: 200,
  reply: orderSchema,
  errors: [
    'order_not_cancellable',
    'ticket_not_of_order',
    'ticket_not_cancellable',
    'refund_not_allowed',
    'busy',
  ],
  example: { body: { tickets: ['tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF'] } },
});
