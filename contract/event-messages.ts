import { z } from 'zod';
import { idSchema } from './ids.ts';
import { type Language, languages } from './languages.ts';
import { channels, eventMessageKinds } from './message-kinds.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

const states = ['waiting', 'withheld', 'sent', 'failed', 'bounced'] as const;

const state = z.enum(states).meta({
  description:
    "waiting: Admit is sending it, or tries again after an error, or when the address may get another mail. withheld: it was not sent, because the address has got as many mails as anybody may cause without paying, or because there was nothing left to tell when it could be sent. sent: the recipient's server or push service has accepted it. failed: it was refused for good, or could not be sent for three days. bounced: it was accepted, and came back later.",
});

export const eventMessageSchema = z
  .object({
    id: idSchema('message'),
    kind: z.enum(eventMessageKinds),
    channel: z.enum(channels),
    state,
    recipient: z.nullable(z.string()).meta({ description: 'Null after the personal data was erased.' }),
    language: z.enum(Object.keys(languages) as [Language, ...Language[]]),
    order: z
      .nullable(z.object({ id: idSchema('order'), number: z.string() }))
      .meta({ description: 'Null for a message to somebody in the waitlist.' }),
    error: z.nullable(z.string()).meta({ description: 'What the server of the recipient said last.' }),
    attempts: z.int(),
    createdAt: instantSchema,
    sentAt: z.nullable(instantSchema),
    canBeResent: z.boolean(),
  })
  .meta({ id: 'EventMessage' });
export type EventMessage = z.infer<typeof eventMessageSchema>;

export const listEventMessages = operation({
  id: 'listEventMessages',
  method: 'GET',
  path: '/api/events/{eventId}/messages',
  tag: 'Organise',
  summary:
    'List the messages about the orders of an event and to the people in its waitlist with their states, the latest first',
  access: 'team',
  needs: 'messages.read',
  params: z.object({ eventId: idSchema('event') }),
  query: z.strictObject({
    state: z.optional(z.enum(states)),
    broadcastId: z
      .optional(idSchema('broadcast'))
      .meta({ description: 'Only the mails of one message to attendees.' }),
    cursor: z.optional(idSchema('message')),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  status: 200,
  reply: z
    .object({
      items: z.array(eventMessageSchema),
      nextCursor: z.nullable(idSchema('message')),
      counts: z.object({
        waiting: z.int(),
        withheld: z.int(),
        sent: z.int(),
        failed: z.int(),
        bounced: z.int(),
      }),
      queued: z.int().meta({ description: 'Mails in the queue that no job has begun to send.' }),
    })
    .meta({ id: 'EventMessages' }),
  errors: [],
});

export const resendEventMessage = operation({
  id: 'resendEventMessage',
  method: 'POST',
  path: '/api/events/{eventId}/messages/{messageId}/resends',
  tag: 'Organise',
  summary: 'Send a message again that has failed, has bounced or was withheld',
  description:
    'It goes to the present address of the order. Correct a wrong address first; a corrected address gets its tickets by itself.',
  access: 'team',
  needs: 'orders.edit',
  params: z.object({ eventId: idSchema('event'), messageId: idSchema('message') }),
  status: 202,
  reply: eventMessageSchema,
  acts: ['message.sent_again'],
  errors: ['message_not_failed'],
});

export const receiveMailBounce = operation({
  id: 'receiveMailBounce',
  method: 'POST',
  path: '/api/webhooks/mail-bounces',
  tag: 'Webhooks',
  summary: 'Tell that a mail has come back',
  description:
    "Mail providers tell of bounces in forms of their own. A small program at the operator's side turns them into this one. It signs the raw body with `MAIL_WEBHOOK_SECRET`, by the scheme of Stripe's webhooks: `v1` is the HMAC-SHA-256 of `<t>.<body>` in hexadecimal digits. Without that setting every call is refused. Without `messageId`, the latest mail to the address counts as bounced.",
  access: 'signature',
  headers: {
    'Admit-Signature': {
      description: '`t=<seconds>,v1=<HMAC-SHA-256>`.',
      required: true,
      example: 't=1764288000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd',
    },
  },
  body: z.strictObject({
    recipient: z.string().min(3).max(320),
    messageId: z.optional(z.string().max(500)).meta({ description: 'The `Message-ID` of the mail.' }),
    reason: z.string().max(500),
  }),
  status: 200,
  reply: z.object({ bounced: z.int().meta({ description: 'How many mails this was about: 0 or 1.' }) }),
  errors: ['webhook_signature_invalid'],
  example: {
    body: { recipient: 'ada@example.com', reason: '550 5.1.1 The mailbox does not exist' },
    reply: { bounced: 1 },
  },
});
