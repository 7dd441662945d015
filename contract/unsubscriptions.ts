import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

/** The mails that a person can switch off. */
export const mailLists = ['reminders', 'signIns', 'news', 'exports'] as const;
export type MailList = (typeof mailLists)[number];

export const unsubscribe = operation({
  id: 'unsubscribe',
  method: 'POST',
  path: '/api/unsubscriptions/{userId}/{list}/{secret}',
  tag: 'Messages',
  summary: 'Switch a kind of mail off with the link in its header',
  description:
    'The `List-Unsubscribe` header of such a mail has this address, and mail programs call it with one press (RFC 8058). The body is not read. A second call changes nothing. The person can switch the mail on again in the account.',
  access: 'secret',
  params: z.object({
    userId: idSchema('user'),
    list: z.enum(mailLists),
    secret: z.string().min(1).max(100),
  }),
  rateLimit: { max: 60, seconds: 60 },
  status: 204,
  reply: null,
  errors: [],
});
