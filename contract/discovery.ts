import { z } from 'zod';
import { categorySchema } from './event-fields.ts';
import { eventSummarySchema } from './events.ts';
import { idSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { operation } from './operation.ts';

/** How people come upon events, beside looking for them: what others buy, what they may like, what is like it. */

const items = z.object({ items: z.array(eventSummarySchema) });
const limit = z.coerce.number().int().min(1).max(24).default(8);
const eventRef = z.object({
  eventId: z.string().min(1).max(120).meta({ description: 'The id or the slug.' }),
});

export const getEventFilters = operation({
  id: 'getEventFilters',
  method: 'GET',
  path: '/api/event-filters',
  tag: 'Events',
  summary: 'The cities, categories and currencies that upcoming events have',
  description: 'Those with the most events first. It may be a minute old.',
  access: 'public',
  status: 200,
  reply: z.object({
    cities: z.array(z.object({ city: z.string(), events: z.int() })),
    categories: z.array(z.object({ category: categorySchema, events: z.int() })),
    currencies: z.array(z.object({ currency: currencySchema, events: z.int() })),
  }),
  errors: [],
});

export const listTrendingEvents = operation({
  id: 'listTrendingEvents',
  method: 'GET',
  path: '/api/trending-events',
  tag: 'Events',
  summary: 'What is being bought and looked at now',
  description:
    'By a count that halves every day: an order counts one, a look at the page a twentieth. What is sold out is left out.',
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
  summary: 'Somebody looks at the page of an event',
  description: 'Counted once an hour for each visitor. Only the count is kept, not who it was.',
  access: 'public',
  params: z.object({ eventId: idSchema('event') }),
  status: 204,
  reply: null,
  rateLimit: { max: 60, seconds: 60 },
  errors: [],
});

/** Why an event is recommended: a category of the profile, the home city, or what was looked at before. */
export const recommendationReasons = ['interest', 'home_city', 'viewed'] as const;

export const recommendEvents = operation({
  id: 'recommendEvents',
  method: 'POST',
  path: '/api/recommendations',
  tag: 'Events',
  summary: 'Events that the caller may like',
  description:
    'From the interests and the home city of the profile, and from the events that were looked at, which the client keeps: they are used for this answer and not stored. They travel in the body, so that no log of addresses keeps them either. Empty where nothing is known.',
  access: 'public',
  body: z.strictObject({
    viewed: z
      .array(idSchema('event'))
      .max(30)
      .default([])
      .meta({ description: 'The events that were looked at, the latest first.' }),
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
  summary: 'Upcoming events like this one: in kind, place and time',
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
  summary: 'The event as a calendar file',
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
  summary: 'Who puts on events, by id or slug',
  description: 'An organisation is public once it has published an event.',
  access: 'public',
  params: z.object({
    organisationId: z.string().min(1).max(120).meta({ description: 'The id or the slug.' }),
  }),
  status: 200,
  reply: z.object({ id: idSchema('organisation'), name: z.string(), slug: z.string() }),
  errors: [],
});
