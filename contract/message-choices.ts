import { z } from 'zod';
import { channels, messageKindNames, type OptionalKind } from './message-kinds.ts';
import { operation } from './operation.ts';
import { timeZoneSchema } from './time.ts';
import type { MailList } from './unsubscriptions.ts';

/** The mails that a person can switch off, with the lists in the profile that switch them. */
export const optionalMails = {
  'event-reminder': 'reminders',
  'held-ticket-reminder': 'reminders',
  'event-news': 'news',
  'new-sign-in': 'signIns',
  'export-ready': 'exports',
} as const satisfies Record<OptionalKind, MailList>;

const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ description: 'Wall-clock time, for example `22:00`.' });

const choiceSchema = z.strictObject({
  kind: z.enum(messageKindNames),
  channel: z.enum(channels),
  wanted: z.boolean(),
});

const quietHoursSchema = z
  .strictObject({ from: clockTime, until: clockTime, timeZone: timeZoneSchema })
  .refine(({ from, until }) => from !== until, { message: 'begins and ends at the same time' })
  .meta({ id: 'QuietHours' });
export type QuietHours = z.infer<typeof quietHoursSchema>;

export const messageChoicesSchema = z
  .object({
    choices: z.array(choiceSchema).meta({ description: 'Every message that you can switch on or off.' }),
    quietHours: z.nullable(quietHoursSchema).meta({
      description:
        'No notification is shown between these times. It comes afterwards, unless the event begins before that. Null: none.',
    }),
  })
  .meta({ id: 'MessageChoices' });
export type MessageChoices = z.infer<typeof messageChoicesSchema>;

export const getMessageChoices = operation({
  id: 'getMessageChoices',
  method: 'GET',
  path: '/api/me/message-choices',
  tag: 'Messages',
  summary: 'Read which messages you want by which channel, and your quiet hours',
  access: 'signed-in',
  status: 200,
  reply: messageChoicesSchema,
  errors: [],
});

export const changeMessageChoices = operation({
  id: 'changeMessageChoices',
  method: 'PATCH',
  path: '/api/me/message-choices',
  tag: 'Messages',
  summary: 'Change which messages you want, or your quiet hours',
  description:
    'What is left out stays as it is. Mails about your own orders cannot be switched off: `message_not_optional`.',
  access: 'signed-in',
  body: z.strictObject({
    choices: z.optional(z.array(choiceSchema).max(100)),
    quietHours: z.optional(z.nullable(quietHoursSchema)),
  }),
  status: 200,
  reply: messageChoicesSchema,
  errors: ['message_not_optional'],
  example: {
    body: {
      choices: [{ kind: 'order-confirmed', channel: 'push', wanted: false }],
      quietHours: { from: '22:00', until: '08:00', timeZone: 'Europe/Berlin' },
    },
  },
});
