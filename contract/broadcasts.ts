import { z } from 'zod';
import { idSchema } from './ids.ts';
import { type Language, languages } from './languages.ts';
import { keySchema } from './layout.ts';
import { operation } from './operation.ts';
import { questionKeySchema } from './question-fields.ts';
import { instantSchema } from './time.ts';

const language = z.enum(Object.keys(languages) as [Language, ...Language[]]);
const subject = z.string().trim().min(1).max(150);
const text = z.string().trim().min(1).max(4000);

const textSchema = z.strictObject({ language, subject, text }).meta({ id: 'BroadcastText' });
export type BroadcastText = z.infer<typeof textSchema>;

const texts = z
  .array(textSchema)
  .min(1)
  .max(Object.keys(languages).length)
  .refine((all) => new Set(all.map((each) => each.language)).size === all.length, {
    message: 'has two texts in one language',
  })
  .meta({
    description:
      'Each person gets the text in the language of their order. Without one they get the first text.',
  });

const filterSchema = z
  .strictObject({
    ticketTypeIds: z.optional(z.array(idSchema('ticketType')).min(1).max(50)),
    zones: z
      .optional(z.array(keySchema).min(1).max(50))
      .meta({ description: 'Keys of zones of the seat map.' }),
    checkedIn: z
      .optional(z.boolean())
      .meta({ description: 'true: only people who are in. false: only people who are not in yet.' }),
    answered: z
      .optional(
        z.strictObject({
          question: questionKeySchema,
          answer: z.optional(z.nullable(z.string().trim().min(1).max(200))),
        }),
      )
      .meta({
        description:
          'By their answer to a question of the event, also one that is not asked any more. Left out: whoever has answered it. Null: whoever has not. Otherwise whoever gave this answer: the key of a choice, `yes` or `no` for a consent, or the text, in small or large letters.',
      }),
  })
  .meta({ id: 'BroadcastFilter' });
export type BroadcastFilter = z.infer<typeof filterSchema>;

const about = z.enum(['event', 'news']).meta({
  description:
    'event: what people with a ticket must know; nobody can switch it off. news: everything else, for example another event. Mails of news can be switched off with one press, and are not sent to people who did.',
});

const sizes = { bodyLimit: 60 * 1024 };
const params = z.object({ eventId: idSchema('event') });

export const broadcastSchema = z
  .object({
    id: idSchema('broadcast'),
    about,
    texts: z.array(textSchema),
    to: filterSchema,
    state: z.enum(['scheduled', 'sending', 'sent', 'withdrawn']),
    sendAt: instantSchema,
    createdAt: instantSchema,
    finishedAt: z.nullable(instantSchema),
    counts: z
      .object({ waiting: z.int(), withheld: z.int(), sent: z.int(), failed: z.int(), bounced: z.int() })
      .meta({ description: 'What became of its mails. The list of messages shows each of them.' }),
  })
  .meta({ id: 'Broadcast' });
export type Broadcast = z.infer<typeof broadcastSchema>;

export const sendBroadcast = operation({
  id: 'sendBroadcast',
  method: 'POST',
  path: '/api/events/{eventId}/broadcasts',
  tag: 'Organise',
  summary: 'Write to everybody who holds a ticket of the event, or to some of them',
  description:
    'Each address gets one mail, however many tickets it has. The holder of a ticket that was passed on gets it, and not the buyer. Who holds a ticket is decided when the mails are sent.',
  access: 'team',
  needs: 'messages.send',
  params,
  body: z.strictObject({
    about,
    texts,
    to: filterSchema.default({}),
    sendAt: z
      .optional(z.nullable(instantSchema))
      .meta({ description: 'Up to a year from now. Null or left out: at once.' }),
  }),
  ...sizes,
  status: 201,
  reply: broadcastSchema,
  acts: ['broadcast.ordered'],
  budgets: ['broadcastsPerEvent'],
  errors: [
    'unknown_ticket_type',
    'unknown_zone',
    'unknown_question',
    'broadcast_without_recipients',
    'broadcast_time_over',
  ],
  example: {
    body: {
      about: 'event',
      texts: [
        { language: 'en', subject: 'Doors open earlier', text: 'The doors open at 18:00 and not at 19:00.' },
      ],
      to: { checkedIn: false },
    },
  },
});

export const previewBroadcast = operation({
  id: 'previewBroadcast',
  method: 'POST',
  path: '/api/events/{eventId}/broadcast-previews',
  tag: 'Organise',
  summary: 'See how many people a message to attendees would reach, and how it looks',
  access: 'team',
  needs: 'messages.send',
  params,
  body: z.strictObject({ about, texts: z.optional(texts), to: filterSchema.default({}) }),
  ...sizes,
  status: 200,
  reply: z
    .object({
      recipients: z.int().meta({ description: 'Different addresses that would get the mail now.' }),
      mails: z.array(z.object({ language, subject: z.string(), html: z.string(), text: z.string() })),
    })
    .meta({ id: 'BroadcastPreview' }),
  errors: ['unknown_ticket_type', 'unknown_zone', 'unknown_question'],
  example: {
    body: {
      about: 'event',
      texts: [{ language: 'en', subject: 'Doors open earlier', text: 'The doors open at 18:00.' }],
    },
  },
});

export const testBroadcast = operation({
  id: 'testBroadcast',
  method: 'POST',
  path: '/api/events/{eventId}/broadcast-tests',
  tag: 'Organise',
  summary: 'Send a message to attendees to yourself first',
  description: 'One mail for each text goes to the address of your account, which must be confirmed.',
  access: 'team',
  needs: 'messages.send',
  params,
  body: z.strictObject({ about, texts }),
  ...sizes,
  status: 202,
  reply: z.object({ to: z.string() }),
  budgets: ['broadcastTestsPerSender'],
  errors: ['email_not_verified'],
});

export const listBroadcasts = operation({
  id: 'listBroadcasts',
  method: 'GET',
  path: '/api/events/{eventId}/broadcasts',
  tag: 'Organise',
  summary: 'List the messages to the attendees of an event, the latest first',
  access: 'team',
  needs: 'messages.read',
  params,
  status: 200,
  reply: z.object({ items: z.array(broadcastSchema) }).meta({ id: 'Broadcasts' }),
  errors: [],
});

export const withdrawBroadcast = operation({
  id: 'withdrawBroadcast',
  method: 'DELETE',
  path: '/api/events/{eventId}/broadcasts/{broadcastId}',
  tag: 'Organise',
  summary: 'Withdraw a message to attendees that is not sent yet',
  access: 'team',
  needs: 'messages.send',
  params: params.extend({ broadcastId: idSchema('broadcast') }),
  status: 200,
  reply: broadcastSchema,
  acts: ['broadcast.withdrawn'],
  errors: ['broadcast_started'],
});
