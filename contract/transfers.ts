import { z } from 'zod';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { guestKeyHeaders, operation } from './operation.ts';
import { cancellationQuoteSchema } from './orders.ts';
import { ticketNameSchema, transferFields } from './person.ts';
import { ticketSchema } from './tickets.ts';
import { instantSchema } from './time.ts';

/**
 * A ticket changes hands: its holder offers it to an e-mail address, and the person with the mail accepts. The link in
 * the mail has a secret in its fragment. A client sends the secret in a body and never in a URL, so that no log and no
 * Referer header contains it.
 */
export const transferStatuses = ['pending', 'accepted', 'declined', 'withdrawn', 'expired', 'void'] as const;
export type TransferStatus = (typeof transferStatuses)[number];

export const transferSchema = z
  .object({
    id: idSchema('ticketTransfer'),
    groupId: z.nullable(idSchema('ticketTransfer')).meta({
      description:
        'Tickets that were offered together have the same value: one mail, and one answer for all of them. Null for a ticket that was offered alone.',
    }),
    ticketId: idSchema('ticket'),
    status: z.enum(transferStatuses).meta({
      description:
        'void: the ticket was used or cancelled before anybody accepted it. Only a `pending` transfer can get another status.',
    }),
    from: z.object({ name: z.string() }),
    to: z.object({
      email: z.string(),
      name: z.string().nullable().meta({ description: 'Null until somebody has accepted.' }),
    }),
    message: z.string().nullable(),
    createdAt: instantSchema,
    /** The ticket can be accepted before this instant. */
    expiresAt: instantSchema,
    endedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'Transfer' });
export type Transfer = z.infer<typeof transferSchema>;

/** What the person with the mail sees of the tickets before they accept them: everything but their codes. */
export const offeredTicketSchema = z
  .object({
    transfer: transferSchema,
    event: ticketSchema.shape.event,
    tickets: z.array(z.object({ ticketTypeName: z.string(), place: placeSchema.nullable() })).min(1),
  })
  .meta({ id: 'OfferedTicket' });
export type OfferedTicket = z.infer<typeof offeredTicketSchema>;

const secretSchema = z.string().regex(/^[\w-]{32}$/, 'expected the secret of the mail');
const secretExample = 'k3QyZ0b1nT5m8uVx2cW7aE9rS4dF6gH0';
const transferParam = z.object({ transferId: idSchema('ticketTransfer') });
const ticketParam = z.object({ ticketId: idSchema('ticket') });
const bySecret = {
  params: transferParam,
  body: z.strictObject({ secret: secretSchema }),
  bodyLimit: 1024,
  rateLimit: { max: 60, seconds: 60 },
  example: { body: { secret: secretExample } },
} as const;

const anOffer = {
  tag: 'Tickets',
  access: 'holder',
  headers: {
    'Accept-Language': { description: 'The language of the mails to the recipient.', example: 'de' },
  },
  rateLimit: { max: 60, seconds: 60 },
  budgets: ['transferMailsPerRecipient', 'transferMailsPerSender'],
  status: 201,
  example: { body: { email: 'grace@example.com', message: 'Have fun!' } },
} as const;
const refusals = [
  'ticket_transferred',
  'ticket_used',
  'ticket_cancelled',
  'ticket_held',
  'ticket_refunded',
  'order_disputed',
  'event_cancelled',
  'event_over',
  'transfers_off',
  'transfers_ended',
  'transfer_to_oneself',
  'transfer_pending',
  'resale_pending',
  'ticket_of_pass',
] as const;

export const startTransfer = operation({
  ...anOffer,
  id: 'startTransfer',
  method: 'POST',
  path: '/api/tickets/{ticketId}/transfers',
  summary: 'Offer your ticket to another person by e-mail',
  description:
    'The address gets a mail with a link by which its reader accepts or declines. Until then the ticket stays yours and its code stays valid. The offer ends after seven days, at the start of the event (for an event that has begun: at its end), or at `transfers.until` of the event, whichever comes first. In 24 hours an address gets at most 5 of these mails, and a caller sends at most 20; beyond that the answer is 429.',
  params: ticketParam,
  body: z.strictObject(transferFields.shape),
  bodyLimit: 4096,
  reply: transferSchema,
  errors: [...refusals],
});

export const startOrderTransfer = operation({
  ...anOffer,
  id: 'startOrderTransfer',
  method: 'POST',
  path: '/api/orders/{orderId}/transfers',
  summary: 'Offer several tickets of your order to one person by e-mail',
  description:
    'The address gets one mail, whose reader accepts or declines all of these tickets at once. Without `tickets` it offers every ticket of the order that you still have and that nobody else is offered. Named tickets are offered all or none. For the rest this is like offering a single ticket, and it counts as one mail.',
  params: z.object({ orderId: idSchema('order') }),
  body: z.strictObject({
    ...transferFields.shape,
    tickets: z.optional(z.array(idSchema('ticket')).min(1).max(100)),
  }),
  bodyLimit: 8192,
  reply: z.object({ items: z.array(transferSchema) }),
  errors: ['ticket_not_of_order', ...refusals],
});

export const listTransfers = operation({
  id: 'listTransfers',
  method: 'GET',
  path: '/api/orders/{orderId}/transfers',
  tag: 'Tickets',
  summary: 'List the transfers of an order’s tickets, the oldest first',
  description:
    'The buyer of the order sees the transfers that they started. The managers of the event see all of them.',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: z.object({ orderId: idSchema('order') }),
  status: 200,
  reply: z.object({ items: z.array(transferSchema) }),
  errors: [],
});

export const listTicketTransfers = operation({
  id: 'listTicketTransfers',
  method: 'GET',
  path: '/api/tickets/{ticketId}/transfers',
  tag: 'Tickets',
  summary: 'List the transfers of a ticket that you are or were a part of, the oldest first',
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: z.object({ items: z.array(transferSchema) }),
  errors: [],
});

export const withdrawTransfer = operation({
  id: 'withdrawTransfer',
  method: 'DELETE',
  path: '/api/transfers/{transferId}',
  tag: 'Tickets',
  summary: 'Withdraw the offer of your ticket; the link in the mail stops working at once',
  description: 'Withdraws the offer of all tickets that were offered together.',
  access: 'holder',
  params: transferParam,
  status: 204,
  reply: null,
  errors: ['transfer_accepted'],
});

export const readTransfer = operation({
  ...bySecret,
  id: 'readTransfer',
  method: 'POST',
  path: '/api/transfers/{transferId}',
  tag: 'Tickets',
  summary: 'Read which ticket you are offered, and by whom',
  access: 'secret',
  status: 200,
  reply: offeredTicketSchema,
  errors: [],
});

export const acceptTransfer = operation({
  ...bySecret,
  id: 'acceptTransfer',
  method: 'POST',
  path: '/api/transfers/{transferId}/acceptance',
  tag: 'Tickets',
  summary: 'Accept a ticket that you are offered, as an account or as a guest',
  description:
    'The ticket is yours from the answer on: it has a new code, and the old one no longer admits anybody. `name` is the name of the person who will come. If several tickets were offered together, all of them are yours and the answer is one of them; `GET /api/me/tickets` lists all. If the same person accepts again, the answer is the same.',
  access: 'signed-in',
  opensGuest: true,
  headers: {
    ...guestKeyHeaders,
    'Accept-Language': { description: 'The language of your mails about the ticket.', example: 'de' },
  },
  body: z.strictObject({ secret: secretSchema, name: ticketNameSchema }),
  status: 200,
  reply: ticketSchema,
  errors: [
    'not_found',
    'ticket_used',
    'ticket_cancelled',
    'event_cancelled',
    'event_over',
    'transfers_off',
    'transfers_ended',
    'transfer_to_oneself',
    'transfer_accepted',
    'transfer_declined',
    'transfer_withdrawn',
    'transfer_expired',
  ],
  example: { body: { secret: secretExample, name: 'Grace Hopper' } },
});

export const openTransfer = operation({
  ...bySecret,
  id: 'openTransfer',
  method: 'POST',
  path: '/api/transfers/{transferId}/openings',
  tag: 'Tickets',
  summary: 'Open your ticket on another device, with the link of the mail that brought it',
  access: 'signed-in',
  opensGuest: true,
  headers: guestKeyHeaders,
  status: 200,
  reply: ticketSchema,
  errors: ['not_found', 'transfer_not_accepted', 'ticket_transferred'],
});

export const declineTransfer = operation({
  ...bySecret,
  id: 'declineTransfer',
  method: 'POST',
  path: '/api/transfers/{transferId}/refusal',
  tag: 'Tickets',
  summary: 'Decline a ticket that you are offered',
  access: 'secret',
  status: 204,
  reply: null,
  errors: ['transfer_accepted', 'transfer_withdrawn', 'transfer_expired'],
});

export const listMyTickets = operation({
  id: 'listMyTickets',
  method: 'GET',
  path: '/api/me/tickets',
  tag: 'Tickets',
  summary: 'List the tickets that other people passed on to you, the newest first',
  access: 'signed-in',
  status: 200,
  reply: z.object({ items: z.array(ticketSchema) }),
  errors: [],
});

export const renameAttendee = operation({
  id: 'renameAttendee',
  method: 'PUT',
  path: '/api/tickets/{ticketId}/attendee',
  tag: 'Tickets',
  summary: 'Change the name on a ticket',
  description:
    'The holder may until the ticket is used, if the organiser allows it. A manager of the event may at any time. The code stays the same, because the name is not in it; the door shows the new name at once.',
  access: 'holder-or-team',
  needs: 'orders.edit',
  params: ticketParam,
  body: z.strictObject({ name: ticketNameSchema }),
  bodyLimit: 2048,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({ id: idSchema('ticket'), attendeeName: z.string() }),
  acts: ['ticket.renamed'],
  errors: [
    'ticket_transferred',
    'ticket_used',
    'ticket_cancelled',
    'event_over',
    'renames_off',
    'renames_ended',
  ],
  example: { body: { name: 'Grace Hopper' } },
});

export const quoteReturn = operation({
  id: 'quoteReturn',
  method: 'GET',
  path: '/api/tickets/{ticketId}/cancellation-quote',
  tag: 'Tickets',
  summary: 'Read what would go back to its payer if you returned your ticket now',
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: cancellationQuoteSchema,
  errors: [
    'ticket_transferred',
    'ticket_not_cancellable',
    'order_not_cancellable',
    'ticket_not_of_order',
    'refund_not_allowed',
    'ticket_of_pass',
    'order_disputed',
  ],
});

export const returnTicket = operation({
  id: 'returnTicket',
  method: 'POST',
  path: '/api/tickets/{ticketId}/cancellation',
  tag: 'Tickets',
  summary: 'Return your ticket; the refund goes to the person who paid for it',
  description:
    'Works for a ticket that was passed on to you, and for one that you bought. The refund policy of the order decides. Both of you get a mail. `refund` is the sum that you saw in a quote; if less would go back, the request is refused.',
  access: 'holder',
  params: ticketParam,
  body: z.strictObject({ refund: z.optional(moneySchema) }).optional(),
  status: 200,
  reply: ticketSchema,
  errors: [
    'ticket_transferred',
    'ticket_not_cancellable',
    'order_not_cancellable',
    'ticket_not_of_order',
    'refund_not_allowed',
    'ticket_of_pass',
    'refund_lower',
    'order_disputed',
    'busy',
  ],
});
