import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

const summary = z.object({
  id: idSchema('message'),
  to: z.string(),
  subject: z.string(),
  sentAt: instantSchema,
  attachments: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.int() })),
});

export const listMailbox = operation({
  id: 'listMailbox',
  method: 'GET',
  path: '/api/mailbox',
  tag: 'Mailbox',
  summary: 'List the mails that were sent, newest first',
  description: 'Available only if no SMTP server is configured, and never in production.',
  access: 'public',
  query: z.strictObject({ to: z.string().max(254).optional() }),
  status: 200,
  reply: z.object({ items: z.array(summary) }),
  errors: ['not_found'],
});

export const getMailboxMessage = operation({
  id: 'getMailboxMessage',
  method: 'GET',
  path: '/api/mailbox/{messageId}',
  tag: 'Mailbox',
  summary: 'Read one mail',
  access: 'public',
  params: z.object({ messageId: idSchema('message') }),
  status: 200,
  reply: z.object({ ...summary.shape, from: z.string(), html: z.string(), text: z.string() }),
  errors: ['not_found'],
});

export const getMailboxAttachment = operation({
  id: 'getMailboxAttachment',
  method: 'GET',
  path: '/api/mailbox/{messageId}/attachments/{index}',
  tag: 'Mailbox',
  summary: 'Get an attachment of a mail',
  access: 'public',
  params: z.object({ messageId: idSchema('message'), index: z.coerce.number().int().min(0).max(50) }),
  status: 200,
  reply: null,
  produces: '*/*',
  errors: ['not_found'],
});
