import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { resaleSchema, resaleTermsSchema } from './resale-shapes.ts';

/* A holder offers a ticket to the people in the waitlist, at the price that was paid for it. Nobody can name a price. */

const ticketParam = z.object({ ticketId: idSchema('ticket') });

/** Why a ticket cannot be offered. */
const refusals = [
  'ticket_transferred',
  'ticket_used',
  'ticket_cancelled',
  'ticket_held',
  'ticket_refunded',
  'transfer_pending',
  'exchange_pending',
  'resale_pending',
  'resale_too_cheap',
  'resales_off',
  'resales_ended',
  'ticket_of_pass',
  'event_cancelled',
  'event_over',
  'order_disputed',
] as const;

export const quoteResale = operation({
  id: 'quoteResale',
  method: 'GET',
  path: '/api/tickets/{ticketId}/resale',
  tag: 'Tickets',
  summary: 'See what a resale of your ticket would give back',
  description:
    'Answers what offering the ticket now would mean, and is refused with the same code as the offer would be.',
  access: 'holder',
  params: ticketParam,
  status: 200,
  reply: resaleTermsSchema,
  errors: refusals,
});

export const offerResale = operation({
  id: 'offerResale',
  method: 'POST',
  path: '/api/tickets/{ticketId}/resale',
  tag: 'Tickets',
  summary: 'Offer your ticket for resale at the price that was paid',
  description:
    'The ticket goes to the people in the waitlist, in their order. It stays yours, and its code admits, until somebody has paid for it. In that instant the code dies, the buyer gets a new one, and `back` is refunded to whoever paid for the ticket. Nobody can name another price.',
  access: 'holder',
  params: ticketParam,
  bodyLimit: 1024,
  rateLimit: { max: 30, seconds: 60 },
  status: 201,
  reply: resaleSchema,
  errors: [...refusals, 'busy'],
});

export const withdrawResale = operation({
  id: 'withdrawResale',
  method: 'DELETE',
  path: '/api/tickets/{ticketId}/resale',
  tag: 'Tickets',
  summary: 'Take your ticket back from resale',
  description:
    'The ticket stays yours. A person who has an offer of it waits again, with the same number in the line. While somebody is paying for it, the answer is `resale_in_payment`. A ticket that is not offered is no error.',
  access: 'holder',
  params: ticketParam,
  status: 204,
  reply: null,
  errors: ['ticket_transferred', 'ticket_cancelled', 'resale_in_payment', 'busy'],
});

export const listResales = operation({
  id: 'listResales',
  method: 'GET',
  path: '/api/orders/{orderId}/resales',
  tag: 'Tickets',
  summary: 'List the offers for resale of the tickets of an order',
  description: 'For the buyer of the order and for the team of the event, the first offer first.',
  access: 'holder-or-team',
  needs: 'orders.read',
  params: z.object({ orderId: idSchema('order') }),
  status: 200,
  reply: z.object({ items: z.array(resaleSchema) }),
  errors: [],
});
