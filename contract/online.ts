import { z } from 'zod';
import { idSchema } from './ids.ts';
import { onlineAccessInput } from './online-fields.ts';
import { operation } from './operation.ts';

/** Events that people attend online: the link is told to holders of valid tickets and to nobody else (docs/online-events.md). */

const params = z.object({ eventId: idSchema('event') });

const onlineAccessSchema = z
  .object({
    ...onlineAccessInput.shape,
    version: z.int().meta({ description: '0 if nobody has ever said anything. Send it in If-Match.' }),
  })
  .meta({ id: 'OnlineAccess' });
export type OnlineAccess = z.infer<typeof onlineAccessSchema>;

export const getOnlineAccess = operation({
  id: 'getOnlineAccess',
  method: 'GET',
  path: '/api/events/{eventId}/online-access',
  tag: 'Organise',
  summary: 'Read how people attend an event, with the link for those who attend online',
  access: 'team',
  needs: 'events.edit',
  params,
  status: 200,
  etag: 'version',
  reply: onlineAccessSchema,
  errors: [],
});

export const putOnlineAccess = operation({
  id: 'putOnlineAccess',
  method: 'PUT',
  path: '/api/events/{eventId}/online-access',
  tag: 'Organise',
  summary: 'Say how people attend an event, and the link for those who attend online',
  description:
    'Holders of valid tickets see the link on their tickets at once, in mails that are sent later, and in calendars that they open again. With `tellHolders` everybody who holds a ticket gets a mail that says there is a new link and leads to the tickets; the mail itself does not have the link. That mail counts as a message to attendees. If nobody holds a ticket yet, nobody is told.',
  access: 'team',
  needs: 'events.edit',
  params,
  body: z.strictObject({ ...onlineAccessInput.shape, tellHolders: z.boolean().default(false) }),
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: z.object({
    ...onlineAccessSchema.shape,
    told: z.int().meta({ description: 'Different addresses that get a mail now.' }),
  }),
  acts: ['event.online_changed'],
  budgets: ['broadcastsPerEvent'],
  errors: ['event_cancelled', 'event_not_publishable'],
  example: { body: { attendance: 'online', url: 'https://video.example.com/room/7', note: 'Code: 4711' } },
});
