import { z } from 'zod';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** The upcoming events of an organisation for programs: a calendar to subscribe to, and a JSON feed (docs/branding.md). */

const ofOrganiser = z.object({
  organisationId: z.string().min(1).max(120).meta({ description: 'The id or the slug.' }),
});
const feedSchema = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    home_page_url: z.string(),
    feed_url: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        url: z.string(),
        title: z.string(),
        content_text: z.string(),
        image: z.string().optional(),
        date_published: instantSchema,
        tags: z.array(z.string()).optional(),
        _admit: z.object({
          about: z.string(),
          startsAt: instantSchema,
          endsAt: instantSchema,
          timeZone: z.string(),
          venue: z.object({ name: z.string(), address: z.string(), city: z.string() }),
          status: z.enum(['published', 'cancelled']),
          version: z.int(),
        }),
      }),
    ),
  })
  .meta({ id: 'JsonFeed' });

const rateLimit = { max: 120, seconds: 60 };

export const getOrganisationCalendar = operation({
  id: 'getOrganisationCalendar',
  method: 'GET',
  path: '/api/organisations/{organisationId}/calendar.ics',
  tag: 'Events',
  summary: 'Subscribe to the public events of an organisation as a calendar',
  description:
    'The published events that are not over, the earliest first; 200 at most. A cancelled event stays with `STATUS:CANCELLED` until it would have been over. `SEQUENCE` grows with each change, so an event that moves does so in calendars too.',
  access: 'public',
  params: ofOrganiser,
  rateLimit,
  status: 200,
  etag: 'content',
  reply: null,
  produces: 'text/calendar',
  errors: [],
});

export const getOrganisationFeed = operation({
  id: 'getOrganisationFeed',
  method: 'GET',
  path: '/api/organisations/{organisationId}/feed.json',
  tag: 'Events',
  summary: 'Read the public events of an organisation as a JSON feed',
  description:
    'JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with the same events as the calendar. `_admit` of an item has the times, the place and the status of the event.',
  access: 'public',
  params: ofOrganiser,
  rateLimit,
  status: 200,
  etag: 'content',
  reply: feedSchema,
  errors: [],
});
