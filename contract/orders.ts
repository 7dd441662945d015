import { z } from 'zod';
import { orderDisputeSchema } from './disputes.ts';
import { publicCancellationSchema } from './event-cancellations.ts';
import { eventFields } from './event-fields.ts';
import { giftCodeSchema, mostCardsOfOrder } from './gift-cards.ts';
import { lineSchema, placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { languages } from './languages.ts';
import { moneySchema, orderPartsSchema, pricePartsSchema } from './money.ts';
import { joinSchema } from './online-fields.ts';
import { operation } from './operation.ts';
import { orderOrigins } from './order-origins.ts';
import { invoiceAddressFields } from './parties.ts';
import { laterWays } from './pay-way-fields.ts';
import { paymentSchema } from './payments.ts';
import { detailsFields } from './person.ts';
import { collectSchema } from './product-fields.ts';
import { orderAnswersFields } from './question-fields.ts';
import { refundPolicySchema } from './refund-policy.ts';
import { sourceSchema } from './source.ts';
import { instantSchema } from './time.ts';

/**
 * pending → confirmed | failed | expired | cancelled; confirmed → cancelled. Two states are shown and not stored:
 * `completed` is a confirmed order whose event is over, `refunded` a cancelled order whose money went back in full.
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
  issue: z
    .int()
    .meta({ description: 'Rises when the ticket gets another holder. A wallet opens it again then.' }),
  ticketTypeName: z.string(),
  collect: z.optional(collectSchema).meta({
    description: 'This is an extra, which admits nobody: how the buyer gets it.',
  }),
  place: placeSchema.nullable(),
  attendeeName: z
    .string()
    .nullable()
    .meta({ description: 'Null if the ticket was passed on: the name is not the buyer’s to see.' }),
  isTransferred: z.boolean().meta({
    description:
      'True if the buyer has passed the ticket on. The buyer can no longer see its code or cancel it.',
  }),
  isOnResale: z.boolean().meta({ description: 'True while the ticket is offered for resale.' }),
  /** The price that this ticket was sold for. */
  price: moneySchema,
  /** What of the price went back. */
  refunded: moneySchema,
  /** The parts add up to `price`. */
  priceParts: pricePartsSchema,
});

/** The event and its terms at the moment of the order. An edit of the event changes none of it. */
export const soldAsSchema = z
  .object({
    version: z.int().meta({ description: 'The version of the event that was sold.' }),
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

export const cancellationQuoteSchema = z
  .object({
    /** What goes back to the buyer. */
    refund: moneySchema,
    /** What does not go back of the price of these tickets. */
    fee: moneySchema,
    /** The last instant of this quote. After it, less goes back, or nothing. */
    until: instantSchema,
  })
  .meta({ id: 'CancellationQuote' });
export type CancellationQuote = z.infer<typeof cancellationQuoteSchema>;

export const orderSchema = z
  .object({
    id: idSchema('order'),
    /** Eight characters that a person can read out, for example on the phone. */
    number: z.string(),
    status: orderStatusSchema,
    /** The event as it is now: the buyer must know the present time and place. */
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
      /** Null while the event is not cancelled. */
      cancellation: publicCancellationSchema.nullable(),
      /** How guests show their tickets. */
      ticketCodes: eventFields.ticketCodes,
    }),
    soldAs: soldAsSchema,
    buyer: z.object({ name: z.string(), email: z.string() }).meta({
      description: 'Empty texts if a person bought at the door without saying who they are.',
    }),
    lines: z.array(lineSchema),
    /** The booking fee of the order itself, besides those of its tickets. */
    orderFee: moneySchema,
    /** The parts of `total`: net, tax and fee add up to it. */
    parts: orderPartsSchema,
    total: moneySchema,
    /** What gift cards pay of `total`. The payment is for the rest. */
    giftCardAmount: moneySchema,
    refunded: moneySchema,
    disputes: z.array(orderDisputeSchema).meta({
      description:
        "Disputes and inquiries of the buyer's bank, the first first. While a dispute has money of the order, it cannot be refunded.",
    }),
    /** The event was moved, and until then a cancellation gives everything back; null without such an offer. */
    refundOffer: z.object({ until: instantSchema }).nullable(),
    /** What would go back if the whole order were cancelled now; null if the cancellation would be refused. */
    cancellation: cancellationQuoteSchema.nullable(),
    holdId: idSchema('hold'),
    origin: z.enum(orderOrigins).meta({
      description:
        '`online`: the buyer placed it. `complimentary`: the team of the event gave the tickets away. `box_office`: the team sold them at the door. `pass`: a pass for several dates brought the ticket. `imported`: the buyer bought them elsewhere, and the team imported the order.',
    }),
    exchangeOf: z
      .object({
        orderId: idSchema('order'),
        ticketId: idSchema('ticket'),
        askedUntil: z.nullable(instantSchema).meta({
          description:
            'Until when the holder may pay for an exchange that the team has made (`openOrderPayment`); null if the team asks for no money.',
        }),
      })
      .nullable()
      .meta({
        description:
          'The ticket that this order replaces, and its order; null if the order is no exchange. `total` is the difference in price.',
      }),
    review: z.object({ until: instantSchema }).nullable().meta({
      description:
        'The organiser looks at this order before its tickets have codes (`getOrderReview`). If nobody decides, they have codes from `until` on. Null if the tickets do not wait.',
    }),
    join: z.nullable(joinSchema).meta({
      description:
        'How the buyer attends online, while they hold a ticket that is valid or used. Null for an event that is only at its place, and for the team. `url` is null until the organiser has one.',
    }),
    payBy: z.enum(laterWays).nullable().meta({
      description:
        'The buyer pays later in this way (`getOrderTransfer`); null for an order that is paid at once.',
    }),
    /** A pending order can be paid until then. */
    expiresAt: instantSchema,
    /** Why the payment did not lead to an order, written for the buyer; null if nothing went wrong. */
    problem: z
      .enum([
        'declined',
        'places_gone_refunded',
        'card_limit_refunded',
        'cancelled_before_payment_refunded',
        'ticket_gone_refunded',
        'gift_card_returned_refunded',
      ])
      .nullable(),
    createdAt: instantSchema,
    confirmedAt: z.nullable(instantSchema),
    tickets: z.array(orderTicketSchema),
  })
  .meta({ id: 'Order' });
export type Order = z.infer<typeof orderSchema>;

export const newOrderSchema = z
  .strictObject({
    holdId: idSchema('hold'),
    /** One name per place, or none. Required if the event asks for attendee names. */
    ...detailsFields.shape,
    /** What the event asks (`getEventQuestions`): answers of the order, and of its places in the order of the lines. */
    ...orderAnswersFields,
    /** Gives the provider's own payment page, which sends the buyer back to this address. It must be on this site. */
    returnUrl: z.string().max(500).optional(),
    giftCards: z.array(giftCodeSchema).min(1).max(mostCardsOfOrder).optional().meta({
      description:
        'Codes of gift cards, in the order in which they pay. Their money is reserved with the order, and `payment` is for the rest. If a rest would be too small for a card payment, the gift cards pay less.',
    }),
    /** For an invoice instead of a receipt. The buyer may also give it later (`putInvoiceAddress`). */
    invoiceAddress: z.strictObject(invoiceAddressFields.shape).optional(),
    /** How the buyer pays, one of `listPayWays`. Without it at once, by the provider. */
    payBy: z.enum(['card', ...laterWays]).optional(),
    /** Where the buyer came from, for the figures of the organiser. */
    source: z.optional(sourceSchema),
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
      .meta({ description: 'Cancel only these tickets. Without it, all that are not cancelled yet.' }),
    refund: z.optional(moneySchema).meta({
      description:
        'The refund that the buyer saw in a quote. If less would go back now, the request is refused with `refund_lower`.',
    }),
  })
  .meta({ id: 'CancellationRequest' });
export type CancellationRequest = z.infer<typeof cancellationRequestSchema>;

export const placeOrder = operation({
  id: 'placeOrder',
  method: 'POST',
  path: '/api/orders',
  tag: 'Buy',
  summary: 'Order the places of a hold, at the prices of the hold',
  description:
    'A hold has at most one order: a second request gets the same order. `payment` is null for a free order and for one that gift cards pay in full, which is confirmed at once. `email_limit_reached` carries `limit` and `have`: one e-mail address, in whatever spelling, may not have more places of an event than one buyer may. With `payBy: bank_transfer` the places stay held until `expiresAt` of the order, `payment` is null, and `getOrderTransfer` says what to pay. `way_not_offered`: the event does not offer this way for this hold, or gift cards pay a part of it. `too_many_unpaid`: as many places wait for money as may.',
  access: 'signed-in',
  headers: {
    'Accept-Language': {
      description: `The language of all mails about the order: ${Object.keys(languages).join(', ')}. Any other language means English.`,
      example: 'de',
    },
  },
  body: newOrderSchema,
  budgets: ['orderMailsPerRecipient', 'giftCodesPerAccount', 'giftCodesPerNetwork', 'giftCodesPerEvent'],
  // All letters of the answers (`mostLetters`), each an escape of six bytes, with their keys and a hundred names.
  bodyLimit: 1024 * 1024,
  status: 201,
  reply: z.object({ order: orderSchema, payment: paymentSchema.nullable() }),
  errors: [
    'not_found',
    'hold_expired',
    'hold_ended',
    'email_limit_reached',
    'ticket_needed',
    'extra_limit_reached',
    'attendee_names_required',
    'answers_refused',
    'way_not_offered',
    'too_many_unpaid',
    'payment_provider_unavailable',
    'gift_card_unknown',
    'gift_card_empty',
    'gift_card_expired',
    'gift_card_blocked',
    'gift_card_other_organiser',
    'gift_card_other_currency',
    'too_many_gift_card_codes',
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
  summary: 'List your orders, newest first',
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
  summary: 'Read one of your orders, or one of your organisation; a confirmed order has its tickets',
  access: 'holder-or-team',
  needs: 'orders.read',
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
  summary: 'Cancel an order; a confirmed one is refunded by the refund policy of its event',
  description:
    'A pending order is dropped with its hold. A confirmed order is cancelled as a whole, or only the tickets in `tickets`. The places are free at once. The order becomes `cancelled` with its last ticket; until then it stays `confirmed` and shows which of its tickets are cancelled. A second request to cancel the whole order gets the cancelled order. A ticket that was used or cancelled before is refused with `ticket_not_cancellable`. If a ticket of the order was used, the order can only be cancelled by ticket. A ticket that was passed on can only be returned by its holder, and is refused with `ticket_transferred`. A refused request cancels no ticket.',
  access: 'holder',
  params: orderParam,
  body: cancellationRequestSchema.optional(),
  status: 200,
  reply: orderSchema,
  errors: [
    'order_not_cancellable',
    'ticket_not_of_order',
    'ticket_not_cancellable',
    'ticket_transferred',
    'refund_not_allowed',
    'ticket_of_pass',
    'refund_lower',
    'order_disputed',
    'busy',
  ],
  example: { body: { tickets: ['tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF'] } },
});

export const quoteCancellation = operation({
  id: 'quoteCancellation',
  method: 'GET',
  path: '/api/orders/{orderId}/cancellation-quote',
  tag: 'Buy',
  summary: 'Read what would go back if you cancelled an order, or some of its tickets, now',
  description:
    'A cancellation at the same instant gives back exactly `refund`, by the refund policy that the order was bought with. `until` is the last instant of the quote. A request that a cancellation would refuse is refused with the same code. Cancelling a pending order costs nothing.',
  access: 'holder',
  params: orderParam,
  query: z.strictObject({
    tickets: z
      .string()
      .max(100 * 31)
      .transform((text) => text.split(','))
      .pipe(cancellationRequestSchema.shape.tickets.unwrap())
      .optional()
      .meta({
        description: 'Ids of tickets with commas between them. Without it, all that are not cancelled yet.',
      }),
  }),
  status: 200,
  reply: cancellationQuoteSchema,
  errors: [
    'order_not_cancellable',
    'ticket_not_of_order',
    'ticket_not_cancellable',
    'ticket_transferred',
    'refund_not_allowed',
    'ticket_of_pass',
    'order_disputed',
  ],
  example: { query: { tickets: 'tkt_01K9ZC4V7R8W3T5XN2M6QHJDEF,tkt_01K9ZC4V7R8W3T5XN2M6QHJDEG' } },
});
