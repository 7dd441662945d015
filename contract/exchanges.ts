import { z } from 'zod';
import { idSchema, seatIdSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { orderSchema } from './orders.ts';
import { paymentSchema } from './payments.ts';
import { instantSchema } from './time.ts';

/**
 * A ticket is exchanged for another place of its event, or of another date of its run. The exchange is an order of its own, whose price is the difference,
 * so paying, retries and late payments work as with every order.
 */
export const newExchangeSchema = z
  .strictObject({
    /** Gives a place of this ticket type; of a type with seats, the best free one. */
    ticketTypeId: z.optional(idSchema('ticketType')),
    seatId: z.optional(seatIdSchema),
    /** The date of the new place: the ticket's own event if it is left out, or another date of its run. */
    eventId: z.optional(idSchema('event')),
    /** As with an order: where the provider's payment page sends the buyer afterwards. */
    returnUrl: z.string().max(500).optional(),
    askHolder: z.optional(z.strictObject({ withinHours: z.int().min(1).max(168) })).meta({
      description:
        'Only for the team: if the new place is dearer, the holder gets a mail with a link to pay the difference within so many hours, and not after the event has begun. Without it, nobody pays a difference.',
    }),
  })
  .refine(({ ticketTypeId, seatId }) => ticketTypeId !== undefined || seatId !== undefined, {
    error: 'name a ticket type or a seat',
  })
  .meta({ id: 'NewExchange' });
export type NewExchange = z.infer<typeof newExchangeSchema>;

export const exchangeQuoteSchema = z
  .object({
    /** The event whose ticket types the options are. */
    eventId: idSchema('event'),
    dates: z
      .array(
        z.object({
          id: idSchema('event'),
          title: z.string(),
          startsAt: instantSchema,
          endsAt: instantSchema,
          timeZone: z.string(),
          venueName: z.string(),
          city: z.string(),
        }),
      )
      .meta({
        description:
          'The other dates of the run of the ticket. Name one as `eventId` to see what its ticket types cost.',
      }),
    /** What the ticket is for now. */
    ticketTypeId: idSchema('ticketType'),
    seatId: z.nullable(seatIdSchema),
    /** What is left of everything that was paid for the ticket. */
    paid: moneySchema,
    /** The most that the refund policy would give back now. */
    mostBack: moneySchema,
    until: z.nullable(instantSchema).meta({
      description: 'Until when the organiser allows exchanges; null means until the end of the event.',
    }),
    pending: z
      .nullable(z.object({ orderId: idSchema('order'), holdId: idSchema('hold'), expiresAt: instantSchema }))
      .meta({ description: 'An exchange of this ticket that waits for its payment.' }),
    options: z.array(
      z.object({
        ticketTypeId: idSchema('ticketType'),
        price: moneySchema,
        /** What the exchange costs. Another place of the same ticket type costs nothing. */
        pay: moneySchema,
        /** What goes back. */
        back: moneySchema,
        /** How much dearer the new place is. A holder pays it. The team waives it, or asks the holder to pay it. */
        dearer: moneySchema,
        keepsPlace: z.boolean().meta({
          description:
            'True if the place that the ticket has counts for this ticket type too: the same seat, or the same pools. Then there is a place even if everything else is taken.',
        }),
        refused: z.nullable(
          z.enum(['sale_not_started', 'sale_ended', 'exchange_same_place', 'exchange_refund_not_allowed']),
        ),
      }),
    ),
  })
  .meta({ id: 'ExchangeQuote' });
export type ExchangeQuote = z.infer<typeof exchangeQuoteSchema>;

const refusals = [
  'ticket_transferred',
  'ticket_used',
  'ticket_cancelled',
  'ticket_held',
  'transfer_pending',
  'resale_pending',
  'event_cancelled',
  'event_over',
  'event_not_on_sale',
  'sale_not_started',
  'sale_ended',
  'exchanges_off',
  'ticket_of_pass',
  'exchanges_ended',
  'order_disputed',
] as const;

export const quoteExchange = operation({
  id: 'quoteExchange',
  method: 'GET',
  path: '/api/tickets/{ticketId}/exchange-quote',
  tag: 'Tickets',
  summary: 'Read for what your ticket can be exchanged now, and what each ticket type would cost',
  description:
    'Says what an exchange for each ticket type of the event, or of another date of its run, would cost or give back. Whether a place is free is in the availability of the event. If the ticket cannot be exchanged, the answer is the refusal of the exchange.',
  access: 'holder-or-team',
  needs: 'orders.exchange',
  params: z.object({ ticketId: idSchema('ticket') }),
  query: z.object({ eventId: z.optional(idSchema('event')) }),
  status: 200,
  reply: exchangeQuoteSchema,
  errors: [...refusals, 'not_another_date'],
});

export const exchangeTicket = operation({
  id: 'exchangeTicket',
  method: 'POST',
  path: '/api/tickets/{ticketId}/exchanges',
  tag: 'Tickets',
  summary: 'Exchange your ticket for another seat, ticket type or date',
  description:
    'The new place is held at once. If it is dearer, the answer has an order for the difference: the exchange is finished when the order is paid, and until then the old ticket stays valid. If it is not dearer, the exchange is finished with the answer, and the refund policy decides whether the difference goes back. The old code dies in the same instant in which the new ticket is issued. Another place of the same ticket type costs nothing. A manager of the event may exchange a ticket at any time. Then nobody pays, or the manager asks the holder to pay a difference (`askHolder`): the order waits for the holder, who pays it by the link of a mail (`openOrderPayment`). If the ticket is used, cancelled or passed on before the payment arrives, the payment is refunded. `eventId` names another date of the run: another published event of the same organisation and currency with the same `run`.',
  access: 'holder-or-team',
  needs: 'orders.exchange',
  params: z.object({ ticketId: idSchema('ticket') }),
  body: newExchangeSchema,
  bodyLimit: 2048,
  rateLimit: { max: 30, seconds: 60 },
  status: 201,
  reply: z.object({ order: orderSchema, payment: paymentSchema.nullable() }),
  acts: ['ticket.exchanged'],
  errors: [
    ...refusals,
    'not_another_date',
    'limit_reached',
    'email_limit_reached',
    'exchange_pending',
    'exchange_same_place',
    'exchange_refund_not_allowed',
    'amount_too_large',
    'unknown_ticket_type',
    'unknown_seat',
    'seat_not_of_ticket_type',
    'seat_map_changed',
    'seats_taken',
    'sold_out',
    'busy',
    'payment_provider_unavailable',
  ],
  example: { body: { ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF' } },
});

const orderParam = z.object({ orderId: idSchema('order') });

export const openOrderPayment = operation({
  id: 'openOrderPayment',
  method: 'POST',
  path: '/api/orders/{orderId}/payment',
  tag: 'Buy',
  summary: 'Open the payment of your order that waits for it',
  description:
    'For an order that a member of the team has made for you: an exchange whose difference you pay by the link of a mail. Asking again gives the same payment. `payment` is null if the order is paid. A ticket that can no longer be exchanged is refused, so that nobody pays for nothing.',
  access: 'holder',
  params: orderParam,
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: z.object({ order: orderSchema, payment: paymentSchema.nullable() }),
  errors: [
    'hold_expired',
    'hold_ended',
    'waits_for_transfer',
    'ticket_transferred',
    'ticket_used',
    'ticket_cancelled',
    'resale_pending',
    'event_cancelled',
    'event_over',
    'payment_provider_unavailable',
    'busy',
  ],
});

export const withdrawExchange = operation({
  id: 'withdrawExchange',
  method: 'DELETE',
  path: '/api/orders/{orderId}/payment',
  tag: 'Organise',
  summary: 'Stop asking a holder to pay for an exchange; the new place is free again',
  description:
    'The ticket stays as it is, and its holder gets a mail. An order that is paid, or that no member of the team has made, is refused with `order_not_cancellable`. If a payment arrives all the same, it goes back.',
  access: 'team',
  needs: 'orders.exchange',
  params: orderParam,
  status: 200,
  reply: orderSchema,
  acts: ['ticket.exchange_withdrawn'],
  errors: ['order_not_cancellable', 'busy'],
});
