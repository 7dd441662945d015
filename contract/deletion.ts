import { z } from 'zod';
import { meSchema, profileSchema } from './accounts.ts';
import { apiKeySchema } from './api-keys.ts';
import { sessionSchema } from './auth.ts';
import { passkeySchema } from './credentials.ts';
import { documentBuyerSchema, documentSchema } from './documents.ts';
import { idSchema } from './ids.ts';
import { invitationSchema } from './invitations.ts';
import { messageChoicesSchema } from './message-choices.ts';
import { reportSchema } from './moderation.ts';
import { operation } from './operation.ts';
import { orderSchema } from './orders.ts';
import { ownPasswordSchema } from './person.ts';
import { resaleSchema } from './resale-shapes.ts';
import { phoneNumberSchema } from './sms.ts';
import { ticketSchema } from './tickets.ts';
import { instantSchema } from './time.ts';
import { transferSchema } from './transfers.ts';
import { queueEntrySchema } from './waiting-room.ts';
import { waitlistEntrySchema } from './waitlist.ts';

/** Exporting one's data and deleting one's account. */
export const exportSchema = z
  .object({
    exportedAt: instantSchema,
    account: meSchema.extend({ createdAt: instantSchema }),
    profile: profileSchema,
    phoneNumber: phoneNumberSchema,
    consents: z.object({ mails: profileSchema.shape.mails, messages: messageChoicesSchema }),
    sessions: z.array(sessionSchema),
    passkeys: z.array(passkeySchema),
    /** The API keys that the person made for organisations, without their secrets. */
    apiKeys: z.array(
      apiKeySchema.omit({ madeBy: true }).extend({ organisationId: idSchema('organisation') }),
    ),
    /** The browsers that signed in to the account, for example "Firefox, Windows". */
    browsers: z.array(z.object({ name: z.string(), firstSeenAt: instantSchema })),
    orders: z.array(orderSchema),
    /** Receipts, invoices and credit notes of these orders, with whom they name. */
    documents: z.array(documentSchema.extend({ buyer: documentBuyerSchema })),
    /** Events that the person has reported to the platform, with the account or with the verified address. */
    reports: z.array(reportSchema),
    /** What the person answered about these orders and about the tickets that they hold. */
    answers: z.array(
      z.object({
        orderId: idSchema('order'),
        ticketId: z.nullable(idSchema('ticket')),
        question: z.string(),
        answer: z.string(),
        answeredAt: instantSchema,
      }),
    ),
    /** Tickets that others passed on to the person, without their codes. */
    receivedTickets: z.array(ticketSchema.omit({ code: true })),
    /** Transfers that the person started or accepted. */
    transfers: z.array(transferSchema),
    /** Tickets that the person offered for resale. */
    resales: z.array(resaleSchema),
    /** Invitations to teams that went to the verified address. */
    invitations: z.array(invitationSchema),
    /** The entries in waitlists, the latest first; at most 100. */
    waitlist: z.array(waitlistEntrySchema),
    /** The orders that an organiser looked at before their tickets had codes, and what the person wrote about them. */
    orderReviews: z.array(
      z.object({
        orderId: idSchema('order'),
        openedAt: instantSchema,
        until: instantSchema,
        appeal: z.nullable(z.object({ text: z.string(), at: instantSchema })),
        decision: z.nullable(z.enum(['confirmed', 'refunded', 'ended'])),
        decidedAt: z.nullable(instantSchema),
      }),
    ),
    /** The places in queues of waiting rooms, the latest first. */
    queues: z.array(
      queueEntrySchema
        .pick({ id: true, eventId: true, position: true, joinedAt: true, endReason: true })
        .extend({ status: z.string() }),
    ),
    /** What was sent to the address of the account, or about these orders, as long as Admit keeps the record. */
    messages: z.array(
      z.object({
        kind: z.string(),
        channel: z.string(),
        state: z.string(),
        recipient: z.nullable(z.string()),
        orderId: z.nullable(idSchema('order')),
        createdAt: instantSchema,
        sentAt: z.nullable(instantSchema),
      }),
    ),
  })
  .meta({ id: 'Export' });
export type Export = z.infer<typeof exportSchema>;

export const exportMe = operation({
  id: 'exportMe',
  method: 'GET',
  path: '/api/me/export',
  tag: 'Accounts',
  summary: 'Get all data that is kept about you, as a file',
  access: 'signed-in',
  status: 200,
  reply: exportSchema,
  rateLimit: { max: 10, seconds: 60 },
  errors: [],
});

export const getDeletion = operation({
  id: 'getDeletion',
  method: 'GET',
  path: '/api/me/deletion',
  tag: 'Accounts',
  summary: 'Read what deleting your account would change',
  access: 'signed-in',
  status: 200,
  reply: z.object({
    ticketsAhead: z.int().meta({ description: 'Valid tickets for events that are not over.' }),
    lastOwnerOf: z
      .array(z.object({ id: idSchema('organisation'), name: z.string() }))
      .meta({ description: 'Organisations without another owner. Give each a second owner first.' }),
    needsPassword: z.boolean().meta({ description: 'False in the first minutes of a session.' }),
  }),
  errors: [],
});

export const deleteMe = operation({
  id: 'deleteMe',
  method: 'POST',
  path: '/api/me/deletion',
  tag: 'Accounts',
  summary: 'Delete your account',
  description:
    'Ends every session and removes name, address, password, passkeys and profile. Orders, payments and tickets stay with the sellers, and the tickets still admit. If you have tickets for events to come, `ticketsLeaveMe` must be true. In the first fifteen minutes of a session the password is not needed.',
  access: 'signed-in',
  repeatable: false,
  body: z.strictObject({
    password: z.optional(ownPasswordSchema),
    ticketsLeaveMe: z.boolean().default(false),
  }),
  status: 204,
  reply: null,
  rateLimit: { max: 10, seconds: 60 },
  bodyLimit: 4096,
  acts: ['member.left'],
  errors: ['wrong_password', 'sign_in_again', 'tickets_ahead', 'last_owner', 'forbidden'],
  example: { body: { password: 'not the password', ticketsLeaveMe: false } },
});
