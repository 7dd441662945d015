import { z } from 'zod';
import { categorySchema } from './event-fields.ts';
import { eventSummarySchema } from './events.ts';
import { idSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { operation } from './operation.ts';
import { publicPageShape } from './organisation-page.ts';
import { sourceFields } from './source.ts';
import { timeZoneSchema } from './time.ts';

/** Finding events without searching: trending, recommended and similar events. */

const items = z.object({ items: z.array(eventSummarySchema) });
const limit = z.coerce.number().int().min(1).max(24).default(8);
const eventRef = z.object({
  eventId: z.string().min(1).max(120).meta({ description: 'The id or the slug of the event.' }),
});

export const getEventFilters = operation({
  id: 'getEventFilters',
  method: 'GET',
  path: '/api/event-filters',
  tag: 'Events',
  summary: 'List the cities, categories, currencies and tags of upcoming events',
  description: 'The values with the most events come first. The answer may be a minute old.',
  access: 'public',
  status: 200,
  reply: z.object({
    cities: z.array(z.object({ city: z.string(), events: z.int() })),
    categories: z.array(z.object({ category: categorySchema, events: z.int() })),
    currencies: z.array(z.object({ currency: currencySchema, events: z.int() })),
    tags: z.array(z.object({ tag: z.string(), events: z.int() })).meta({ description: 'At most 30.' }),
  }),
  errors: [],
});

export const findTimeZone = operation({
  id: 'findTimeZone',
  method: 'GET',
  path: '/api/time-zones',
  tag: 'Organise',
  summary: 'Find the time zone of a city',
  description:
    'Knows larger cities by their names in several languages. For any other city it answers with the zone of the country if all larger cities of the country have one zone. Otherwise `timeZone` is null.',
  access: 'public',
  query: z.strictObject({
    city: z.string().trim().min(1).max(80),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .meta({ description: 'ISO 3166-1 alpha-2. Without it, the largest city of this name counts.' }),
  }),
  status: 200,
  reply: z.object({ timeZone: z.nullable(timeZoneSchema) }),
  rateLimit: { max: 120, seconds: 60 },
  errors: [],
  example: { query: { city: 'Munich', country: 'DE' } },
});

export const listTrendingEvents = operation({
  id: 'listTrendingEvents',
  method: 'GET',
  path: '/api/trending-events',
  tag: 'Events',
  summary: 'List trending events',
  description:
    'Events are ranked by a count that halves every day: an order counts 1, a view of the page 1/20. Sold-out events are left out.',
  access: 'public',
  query: z.strictObject({ limit }),
  status: 200,
  reply: items,
  errors: [],
});

export const noteEventView = operation({
  id: 'noteEventView',
  method: 'POST',
  path: '/api/events/{eventId}/views',
  tag: 'Events',
  summary: 'Report a view of an event page',
  description:
    'Each visitor counts once an hour per event. Only the count is kept, by link, country and class of device, not the visitor. `click`: the visitor began to choose places.',
  access: 'public',
  params: z.object({ eventId: idSchema('event') }),
  body: z.optional(z.strictObject({ kind: z.enum(['view', 'click']).default('view'), ...sourceFields })),
  bodyLimit: 1024,
  status: 204,
  reply: null,
  rateLimit: { max: 60, seconds: 60 },
  errors: [],
});

/** Why an event is recommended: a category of the profile, the home city, or events that the caller viewed. */
export const recommendationReasons = ['interest', 'home_city', 'viewed'] as const;

export const recommendEvents = operation({
  id: 'recommendEvents',
  method: 'POST',
  path: '/api/recommendations',
  tag: 'Events',
  summary: 'Recommend events to the caller',
  description:
    'Recommendations use the interests and the home city of the profile, and the events that the caller viewed. The client keeps the list of viewed events and sends it in the body, so that no log of URLs records it. The server uses it for this answer and does not store it. The answer is empty if nothing is known about the caller.',
  access: 'public',
  body: z.strictObject({
    viewed: z
      .array(idSchema('event'))
      .max(30)
      .default([])
      .meta({ description: 'The events that the caller viewed, the latest first.' }),
    limit: z.int().min(1).max(24).default(8),
  }),
  bodyLimit: 4096,
  status: 200,
  reply: z.object({
    items: z.array(z.object({ event: eventSummarySchema, because: z.enum(recommendationReasons) })),
  }),
  rateLimit: { max: 120, seconds: 60 },
  errors: [],
  example: { body: { viewed: [], limit: 8 } },
});

export const listSimilarEvents = operation({
  id: 'listSimilarEvents',
  method: 'GET',
  path: '/api/events/{eventId}/similar',
  tag: 'Events',
  summary: 'List upcoming events that are similar in category, place and time',
  access: 'public',
  params: eventRef,
  query: z.strictObject({ limit }),
  status: 200,
  reply: items,
  errors: [],
});

export const getEventCalendar = operation({
  id: 'getEventCalendar',
  method: 'GET',
  path: '/api/events/{eventId}/calendar',
  tag: 'Events',
  summary: 'Get an event as a calendar file',
  access: 'public',
  params: eventRef,
  status: 200,
  reply: null,
  produces: 'text/calendar',
  errors: [],
});

export const getOrganiser = operation({
  id: 'getOrganiser',
  method: 'GET',
  path: '/api/organisers/{organisationId}',
  tag: 'Events',
  summary: 'Read an organisation and its events, by id or slug',
  description: 'An organisation is public once it has published an event.',
  access: 'public',
  params: z.object({
    organisationId: z.string().min(1).max(120).meta({ description: 'The id or the slug.' }),
  }),
  status: 200,
  reply: z.object({
    id: idSchema('organisation'),
    name: z.string(),
    slug: z.string(),
    ...publicPageShape,
  }),
  errors: [],
});
