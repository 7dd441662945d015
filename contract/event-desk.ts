import { z } from 'zod';
import { eventFields } from './event-fields.ts';
import { undecidedSchema } from './event-preparation.ts';
import { eventSchema, managedEventSchema } from './events.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** What a team does with a whole event: publish it, stop its sale, copy, archive and delete it, and show it to colleagues. */

/** How many preview links of one event may be valid at once, and for how many days one may be. */
export const mostPreviewLinks = 50;
export const mostPreviewDays = 60;

const eventParam = z.object({ eventId: idSchema('event') });

const ofTeam = {
  tag: 'Organise',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
} as const;
const answersEvent = { status: 200, etag: 'version', reply: managedEventSchema } as const;

export const publishEvent = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'publishEvent',
  method: 'POST',
  path: '/api/events/{eventId}/publication',
  summary: 'Publish an event: people can find it and buy tickets',
  description: 'An event that was archived or taken off sale is neither any more.',
  ifMatch: true,
  acts: ['event.published'],
  errors: ['event_cancelled', 'event_not_publishable', 'event_removed', 'organisation_suspended'],
});

export const unpublishEvent = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'unpublishEvent',
  method: 'DELETE',
  path: '/api/events/{eventId}/publication',
  summary: 'Unpublish an event: it is a draft again and sells no more; its tickets stay valid',
  ifMatch: true,
  acts: ['event.unpublished'],
  errors: [],
});

const scheduleSchema = z.strictObject({ at: instantSchema }).meta({ id: 'PublicationTime' });
export type PublicationTime = z.infer<typeof scheduleSchema>;

export const schedulePublication = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'schedulePublication',
  method: 'PUT',
  path: '/api/events/{eventId}/scheduled-publication',
  summary: 'Publish a draft by itself at a time, or at another one than before',
  description:
    'Admit looks again at that time at what the event needs. If something is missing then, the event stays a draft, and a mail tells the members of the team who may edit it.',
  body: scheduleSchema,
  ifMatch: true,
  acts: ['event.publication_scheduled'],
  errors: ['already_published', 'event_cancelled', 'event_not_publishable'],
  example: { body: { at: '2027-01-04T09:00:00Z' } },
});

export const unschedulePublication = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'unschedulePublication',
  method: 'DELETE',
  path: '/api/events/{eventId}/scheduled-publication',
  summary: 'Do not publish the draft by itself any more',
  ifMatch: true,
  acts: ['event.publication_unscheduled'],
  errors: [],
});

export const stopSale = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'stopSale',
  method: 'PUT',
  path: '/api/events/{eventId}/sale-stop',
  summary: 'Take an event off sale: its page stays, its tickets stay valid, and nobody can buy more',
  description:
    'Whoever holds places may still pay for them until their hold ends. The event keeps its place in the lists.',
  ifMatch: true,
  acts: ['event.taken_off_sale'],
  errors: ['event_cancelled', 'event_not_on_sale'],
});

export const resumeSale = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'resumeSale',
  method: 'DELETE',
  path: '/api/events/{eventId}/sale-stop',
  summary: 'Put an event on sale again, until the end of sale that it had before',
  ifMatch: true,
  acts: ['event.put_on_sale'],
  errors: ['event_cancelled', 'organisation_suspended'],
});

export const archiveEvent = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'archiveEvent',
  method: 'PUT',
  path: '/api/events/{eventId}/archive',
  summary: 'Archive an event: the list of the team leaves it out',
  description:
    'Only drafts and events that are over or cancelled can be archived. A publication that was scheduled is cancelled. Buyers see no difference.',
  ifMatch: true,
  acts: ['event.archived', 'event.publication_unscheduled'],
  errors: ['event_on_sale'],
});

export const unarchiveEvent = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'unarchiveEvent',
  method: 'DELETE',
  path: '/api/events/{eventId}/archive',
  summary: 'Take an event out of the archive',
  ifMatch: true,
  acts: ['event.unarchived'],
  errors: [],
});

export const deleteEvent = operation({
  ...ofTeam,
  id: 'deleteEvent',
  method: 'DELETE',
  path: '/api/events/{eventId}',
  summary: 'Delete a draft that was never published, with all that belongs to it',
  description:
    'This cannot be undone. `event_not_deletable` means that the event was published once: people may have its address or its tickets. Archive it instead.',
  ifMatch: true,
  status: 204,
  reply: null,
  acts: ['event.deleted'],
  errors: ['event_not_deletable'],
});

const copySchema = z
  .strictObject({
    title: z.optional(eventFields.title).meta({ description: 'Without it, the copy has the same title.' }),
    startsAt: instantSchema,
    promoCodes: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the copy has the same promo codes, each with all its uses.' }),
  })
  .meta({ id: 'EventCopy' });
export type EventCopy = z.infer<typeof copySchema>;

export const copyEvent = operation({
  ...ofTeam,
  ...answersEvent,
  id: 'copyEvent',
  method: 'POST',
  path: '/api/events/{eventId}/copies',
  summary: 'Make a draft like this event, for another time',
  description:
    'The copy has ticket types, prices, pools, seat layout, questions, terms and cover, and none of the sales, holds or blocked places. All its times move by as much as the start, on the clocks of the event: doors at 19:00 stay at 19:00 when clocks change between the two dates.',
  body: copySchema,
  rateLimit: { max: 60, seconds: 60 },
  status: 201,
  acts: ['event.copied'],
  errors: ['pass_places'],
  example: { body: { title: 'Night Shift II', startsAt: '2027-02-19T22:00:00Z' } },
});

const previewLinkSchema = z
  .object({
    id: idSchema('previewLink'),
    label: z.string(),
    createdBy: z.string().meta({ description: 'The name of the member who made the link.' }),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    revokedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'PreviewLink' });
export type PreviewLink = z.infer<typeof previewLinkSchema>;

const newPreviewLinkSchema = z
  .strictObject({
    label: z.string().trim().max(80).default('').meta({ description: 'Whom the link is for.' }),
    days: z.int().min(1).max(mostPreviewDays).default(14),
  })
  .meta({ id: 'NewPreviewLink' });
export type NewPreviewLink = z.infer<typeof newPreviewLinkSchema>;

export const makePreviewLink = operation({
  ...ofTeam,
  id: 'makePreviewLink',
  method: 'POST',
  path: '/api/events/{eventId}/preview-links',
  summary: 'Make a link that shows the event to people without an account, before it is published',
  description:
    'The answer has the link with its secret, once: the server keeps only a hash. Whoever has the link sees the page as it is now, and can buy nothing.',
  body: newPreviewLinkSchema,
  rateLimit: { max: 60, seconds: 60 },
  // The secret of the first answer is not kept, so a second request could not get it.
  repeatable: false,
  status: 201,
  reply: z.object({ link: previewLinkSchema, url: z.string() }),
  acts: ['preview_link.made'],
  errors: ['preview_limit'],
  example: { body: { label: 'The band', days: 14 } },
});

export const listPreviewLinks = operation({
  ...ofTeam,
  id: 'listPreviewLinks',
  method: 'GET',
  path: '/api/events/{eventId}/preview-links',
  summary: 'List the preview links of an event, the newest first',
  status: 200,
  reply: z.object({ items: z.array(previewLinkSchema) }),
  errors: [],
});

export const revokePreviewLink = operation({
  ...ofTeam,
  id: 'revokePreviewLink',
  method: 'DELETE',
  path: '/api/events/{eventId}/preview-links/{previewLinkId}',
  summary: 'Revoke a preview link: it shows nothing from its next request on',
  params: eventParam.extend({ previewLinkId: idSchema('previewLink') }),
  status: 204,
  reply: null,
  acts: ['preview_link.revoked'],
  errors: [],
});

export const previewSchema = z
  .object({
    event: eventSchema,
    undecided: undecidedSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'EventPreview' });
export type EventPreview = z.infer<typeof previewSchema>;

export const previewEvent = operation({
  id: 'previewEvent',
  method: 'POST',
  path: '/api/preview-links/{previewLinkId}',
  tag: 'Events',
  summary: 'Read an event by the secret of a preview link',
  description: 'A link that has expired, was revoked or never existed answers 404.',
  access: 'secret',
  params: z.object({ previewLinkId: idSchema('previewLink') }),
  body: z.strictObject({ secret: z.string().regex(/^[\w-]{43}$/, 'expected the secret of a preview link') }),
  bodyLimit: 1024,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: previewSchema,
  errors: [],
  example: { body: { secret: 'k3QyZ0b1nT5m8uVx2cW7aE9rS4dF6gH0jL1pO-iY_Zq' } },
});
