import { z } from 'zod';
import { maxPlacesPerHold } from './holds.ts';
import { idSchema } from './ids.ts';
import { guestKeyHeaders, operation } from './operation.ts';
import { emailFields } from './person.ts';
import { instantSchema } from './time.ts';

/**
 * waiting → offered → accepted (bought) | declined | expired; waiting → left | ended (the sale is over). docs/waitlist.md
 */
export const waitlistEntryStatuses = [
  'waiting',
  'offered',
  'accepted',
  'declined',
  'expired',
  'left',
  'ended',
] as const;
export type WaitlistEntryStatus = (typeof waitlistEntryStatuses)[number];

export const newWaitlistEntrySchema = z
  .strictObject({
    ticketTypeId: idSchema('ticketType'),
    quantity: z.int().min(1).max(maxPlacesPerHold),
    email: z.optional(emailFields.shape.email),
  })
  .meta({ id: 'NewWaitlistEntry' });
export type NewWaitlistEntry = z.infer<typeof newWaitlistEntrySchema>;

export const waitlistEntrySchema = z
  .object({
    id: idSchema('waitlistEntry'),
    eventId: idSchema('event'),
    ticketTypeId: idSchema('ticketType'),
    quantity: z.int(),
    status: z.enum(waitlistEntryStatuses),
    position: z.int().nullable().meta({
      description:
        'The place among those who wait for the same ticket type; 1 is the first. Null if the entry does not wait.',
    }),
    joinedAt: instantSchema,
    offer: z
      .object({
        holdId: idSchema('hold'),
        expiresAt: instantSchema,
        /** The server's clock at the answer, for a countdown. */
        now: instantSchema,
      })
      .optional()
      .meta({
        description: 'Only while the status is `offered`: the hold to order, and until when it lasts.',
      }),
  })
  .meta({ id: 'WaitlistEntry' });
export type WaitlistEntry = z.infer<typeof waitlistEntrySchema>;

const eventParam = z.object({ eventId: idSchema('event') });

export const joinWaitlist = operation({
  id: 'joinWaitlist',
  method: 'POST',
  path: '/api/events/{eventId}/waitlist',
  tag: 'Buy',
  summary: 'Wait for places of a sold-out ticket type',
  description:
    'Freed places are offered in the order of joining, as a hold of the person whose turn it is. A person has one open entry for each ticket type. A guest should give an `email`, because the offer is mailed there; an account gets it at its own address. While places are on sale the answer is `places_available` with `available`. `already_waiting` carries `entryId`; `party_too_large` carries `limit`; `waitlist_network_limit` carries `limit` and `waiting`. docs/waitlist.md says how places are offered.',
  access: 'signed-in',
  opensGuest: true,
  headers: guestKeyHeaders,
  params: eventParam,
  body: newWaitlistEntrySchema,
  rateLimit: { max: 20, seconds: 60 },
  budgets: ['noticeMailsPerRecipient'],
  status: 201,
  reply: waitlistEntrySchema,
  errors: [
    'waitlist_off',
    'places_available',
    'already_waiting',
    'party_too_large',
    'waitlist_network_limit',
    'limit_reached',
    'too_few_tickets',
    'unknown_ticket_type',
    'event_not_on_sale',
    'sale_not_started',
    'sale_ended',
    'busy',
  ],
  example: { body: { ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 2 } },
});

export const getMyWaitlist = operation({
  id: 'getMyWaitlist',
  method: 'GET',
  path: '/api/events/{eventId}/waitlist/mine',
  tag: 'Buy',
  summary: 'List your entries in the waitlist of an event, the latest first',
  access: 'signed-in',
  params: eventParam,
  status: 200,
  reply: z.object({ items: z.array(waitlistEntrySchema) }),
  errors: ['not_found'],
});

const myEntrySchema = z
  .object({
    ...waitlistEntrySchema.shape,
    ticketTypeName: z.string().meta({ description: 'Empty if the organiser has removed the ticket type.' }),
    event: z.object({
      slug: z.string(),
      title: z.string(),
      startsAt: instantSchema,
      timeZone: z.string(),
    }),
  })
  .meta({ id: 'MyWaitlistEntry' });
export type MyWaitlistEntry = z.infer<typeof myEntrySchema>;

export const listMyWaitlistEntries = operation({
  id: 'listMyWaitlistEntries',
  method: 'GET',
  path: '/api/me/waitlist-entries',
  tag: 'Buy',
  summary: 'List your entries in all waitlists, the latest first; at most 100',
  access: 'signed-in',
  status: 200,
  reply: z.object({ items: z.array(myEntrySchema) }),
  errors: [],
});

export const leaveWaitlist = operation({
  id: 'leaveWaitlist',
  method: 'DELETE',
  path: '/api/waitlist-entries/{entryId}',
  tag: 'Buy',
  summary: 'Leave a waitlist, or decline its offer',
  description:
    'The next person in line gets the offer at once. It is no error to leave an entry that is over. The places of an offer that was bought are returned by cancelling the order.',
  access: 'holder',
  params: z.object({ entryId: idSchema('waitlistEntry') }),
  status: 204,
  reply: null,
  errors: ['busy'],
});

export const openOffer = operation({
  id: 'openOffer',
  method: 'POST',
  path: '/api/waitlist-entries/{entryId}/openings',
  tag: 'Buy',
  summary: 'Open an offer with the secret of the link in its mail',
  description:
    'The mail links to `/offers/{entryId}#{secret}`. Afterwards the entry and its hold belong to the caller, so an offer can be bought on another device than the one that joined. An offer that was ordered already stays with its buyer. `offer_link_invalid` does not reveal whether the entry exists.',
  access: 'signed-in',
  opensGuest: true,
  headers: guestKeyHeaders,
  params: z.object({ entryId: idSchema('waitlistEntry') }),
  body: z.strictObject({ secret: z.string().min(1).max(100) }),
  rateLimit: { max: 30, seconds: 60 },
  status: 200,
  reply: waitlistEntrySchema,
  errors: ['offer_link_invalid'],
  example: { body: { secret: 'Zk3…' } },
});

export const listWaitlist = operation({
  id: 'listWaitlist',
  method: 'GET',
  path: '/api/events/{eventId}/waitlist',
  tag: 'Organise',
  summary: 'List the waitlist of an event in its order',
  description: 'Open entries by default: those who wait and those with an offer.',
  access: 'team',
  needs: 'orders.read',
  params: eventParam,
  query: z.strictObject({
    status: z.enum(['open', 'all']).default('open'),
    cursor: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z.object({
    items: z.array(
      z.object({
        ...waitlistEntrySchema.omit({ offer: true }).shape,
        offerExpiresAt: z.nullable(instantSchema),
        name: z.string().meta({ description: 'The name of the account; empty for a guest.' }),
        email: z
          .string()
          .meta({ description: 'Where the offer is mailed; empty if a guest gave no address.' }),
      }),
    ),
    nextCursor: z.nullable(z.int()),
  }),
  errors: [],
});
