import { z } from 'zod';
import { categorySchema, defaultPlacesPerNetwork, eventFields } from './event-fields.ts';
import { idSchema } from './ids.ts';
import { currencySchema, maxPriceMinor, moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { promoCodeInput } from './promo-codes.ts';
import { richTextSchema } from './rich-text.ts';
import { instantSchema } from './time.ts';

export type Category = z.infer<typeof categorySchema>;

/** draft → published → over or cancelled. `over` follows from the clock: the event's end has passed. */
export const eventStatuses = ['draft', 'published', 'over', 'cancelled'] as const;
export const eventStatusSchema = z.enum(eventStatuses);

export const ticketTypeSchema = z
  .object({
    id: idSchema('ticketType'),
    name: z.string(),
    description: z.string(),
    price: moneySchema,
    /** Keys of the pools that each ticket takes one place from. */
    pools: z.array(z.string()),
    /** The seat-map zone whose seats this type sells; null for general admission. */
    zone: z.string().nullable(),
    maxPerOrder: z.int(),
    saleStartsAt: z.nullable(instantSchema),
    saleEndsAt: z.nullable(instantSchema),
  })
  .meta({ id: 'TicketType' });
export type TicketType = z.infer<typeof ticketTypeSchema>;

export const eventSummarySchema = z
  .object({
    id: idSchema('event'),
    slug: z.string(),
    status: eventStatusSchema,
    title: z.string(),
    summary: z.string(),
    category: categorySchema,
    coverUrl: z.string().nullable(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    timeZone: z.string(),
    venue: z.object({ name: z.string(), city: z.string(), country: z.string() }),
    /** The cheapest and the dearest ticket type; null while there is none. */
    priceFrom: z.nullable(moneySchema),
    priceTo: z.nullable(moneySchema),
    soldOut: z.boolean(),
    distanceKm: z
      .number()
      .optional()
      .meta({ description: 'Where the list was asked for events near a place.' }),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof eventSummarySchema>;

export const eventSchema = z
  .object({
    ...eventSummarySchema.shape,
    version: z.int().meta({ description: 'Send it back in If-Match when you change the event.' }),
    description: z
      .string()
      .meta({ description: 'Plain text, or Markdown of emphasis, links, lists and headings.' }),
    about: richTextSchema.meta({ description: 'The description, ready to be shown.' }),
    venue: z.object({
      name: z.string(),
      address: z.string(),
      city: z.string(),
      country: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
    }),
    organisation: z.object({ id: idSchema('organisation'), name: z.string(), slug: z.string() }),
    doorsAt: z.nullable(instantSchema),
    currency: currencySchema,
    ticketTypes: z.array(ticketTypeSchema),
    hasSeatMap: z.boolean(),
    takesPromoCodes: z.boolean().meta({ description: 'There is a promo code for its tickets.' }),
    maxPerBuyer: z.int(),
    holdSeconds: z.int(),
    asksAttendeeNames: z.boolean().meta({ description: 'An order must name who comes, one person a place.' }),
    saleStartsAt: z.nullable(instantSchema),
    saleEndsAt: z.nullable(instantSchema),
    refundPolicy: z.object({ kind: z.enum(['none', 'until']), hoursBefore: z.int(), feePercent: z.int() }),
    publishedAt: z.nullable(instantSchema),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof eventSchema>;

/** An event as its team edits it: with the pools and the promo codes, and how much of each is taken. */
export const managedEventSchema = z
  .object({
    ...eventSchema.shape,
    placesPerNetwork: z.int().meta({
      description:
        'How many places guests from one network may hold at once; accounts with a confirmed address have ten times that. 0: no limit.',
    }),
    pools: z.array(
      z.object({ key: z.string(), name: z.string(), capacity: z.int(), held: z.int(), sold: z.int() }),
    ),
    promoCodes: z
      .array(
        z.object({
          ...promoCodeInput.shape,
          held: z.int().meta({ description: 'Tickets in holds that use it, and not bought yet.' }),
          sold: z.int(),
        }),
      )
      .meta({ description: 'Empty for door staff.' }),
  })
  .meta({ id: 'ManagedEvent' });
export type ManagedEvent = z.infer<typeof managedEventSchema>;

/** 120,000 seats with labels of 8 letters and coordinates of 6 digits are 3 MiB of JSON. */
const eventBodyLimit = 4 * 1024 * 1024;

/** The body of createEvent. Only what a draft can't do without is required. */
export const newEventSchema = z
  .strictObject({
    organisationId: idSchema('organisation'),
    ...eventFields,
    summary: z._default(eventFields.summary, ''),
    description: z._default(eventFields.description, ''),
    doorsAt: z._default(eventFields.doorsAt, null),
    coverUrl: z._default(eventFields.coverUrl, null),
    maxPerBuyer: z._default(eventFields.maxPerBuyer, 10),
    placesPerNetwork: z._default(eventFields.placesPerNetwork, defaultPlacesPerNetwork),
    holdSeconds: z._default(eventFields.holdSeconds, 600),
    asksAttendeeNames: z._default(eventFields.asksAttendeeNames, false),
    saleStartsAt: z._default(eventFields.saleStartsAt, null),
    saleEndsAt: z._default(eventFields.saleEndsAt, null),
    refundPolicy: z._default(eventFields.refundPolicy, { kind: 'none', hoursBefore: 0, feePercent: 0 }),
    pools: z._default(eventFields.pools, []),
    ticketTypes: z._default(eventFields.ticketTypes, []),
    seatLayout: z._default(eventFields.seatLayout, null),
    promoCodes: z._default(eventFields.promoCodes, []),
  })
  .meta({ id: 'NewEvent' });
export type NewEvent = z.infer<typeof newEventSchema>;

/** The body of updateEvent: what is left out stays. Lists are replaced whole. */
export const eventPatchSchema = z.strictObject(eventFields).partial().meta({ id: 'EventPatch' });
export type EventPatch = z.infer<typeof eventPatchSchema>;

const decimal = (min: number, max: number) => z.coerce.number().min(min).max(max);

export const listEventsQuery = z.strictObject({
  q: z.string().trim().max(100).optional().meta({ description: 'Words to look for; forgives a typo.' }),
  category: z.optional(categorySchema),
  city: z.string().trim().max(80).optional(),
  near: z
    .string()
    .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/, 'expected latitude,longitude')
    .optional(),
  radiusKm: decimal(1, 20_000).optional(),
  from: z.optional(instantSchema),
  to: z.optional(instantSchema),
  fromDay: z.iso
    .date()
    .optional()
    .meta({ description: 'The first day, by the calendar where the event takes place.' }),
  toDay: z.iso.date().optional().meta({ description: 'The last day, the same way.' }),
  organisation: z.optional(idSchema('organisation')),
  currency: z.optional(currencySchema).meta({ description: 'Only events that are sold in it.' }),
  minPrice: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxPriceMinor)
    .optional()
    .meta({ description: 'Minor units.' }),
  maxPrice: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxPriceMinor)
    .optional()
    .meta({ description: 'Minor units.' }),
  sort: z
    .enum(['date', 'price', 'newest', 'distance'])
    .default('date')
    .meta({ description: '`distance` needs `near`.' }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
});

const eventRef = z.object({
  eventId: z.string().min(1).max(120).meta({ description: 'The id or the slug.' }),
});
const eventIdParam = z.object({ eventId: idSchema('event') });
const managedReply = managedEventSchema;

const exampleEvent = {
  organisationId: 'org_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  title: 'Night Shift',
  category: 'nightlife',
  startsAt: '2027-01-15T22:00:00Z',
  endsAt: '2027-01-16T05:00:00Z',
  timeZone: 'Europe/Berlin',
  venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
  currency: 'EUR',
  pools: [{ key: 'floor', name: 'Floor', capacity: 600 }],
  ticketTypes: [{ name: 'Regular', priceMinor: 2200, pools: ['floor'] }],
};

export const listEvents = operation({
  id: 'listEvents',
  method: 'GET',
  path: '/api/events',
  tag: 'Events',
  summary: 'Find published events',
  description:
    'Upcoming published events. Give `nextCursor` back as `cursor` for the next page; null means the end.',
  access: 'public',
  query: listEventsQuery,
  status: 200,
  reply: z.object({ items: z.array(eventSummarySchema), nextCursor: z.string().nullable() }),
  errors: [],
  example: { query: { q: 'night', city: 'Berlin' } },
});

export const getEvent = operation({
  id: 'getEvent',
  method: 'GET',
  path: '/api/events/{eventId}',
  tag: 'Events',
  summary: 'One event, by id or slug',
  access: 'public',
  params: eventRef,
  status: 200,
  etag: 'content',
  reply: eventSchema,
  errors: ['not_found'],
});

export const createEvent = operation({
  id: 'createEvent',
  method: 'POST',
  path: '/api/events',
  tag: 'Organise',
  summary: 'Create a draft',
  access: 'manager',
  body: newEventSchema,
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 300, seconds: 60 },
  status: 201,
  etag: 'version',
  reply: managedReply,
  errors: ['not_found'],
  example: { body: exampleEvent },
});

export const getManagedEvent = operation({
  id: 'getManagedEvent',
  method: 'GET',
  path: '/api/events/{eventId}/management',
  tag: 'Organise',
  summary: 'One event as its team sees it, drafts too',
  access: 'door',
  params: eventIdParam,
  status: 200,
  etag: 'version',
  reply: managedReply,
  errors: [],
});

export const updateEvent = operation({
  id: 'updateEvent',
  method: 'PATCH',
  path: '/api/events/{eventId}',
  tag: 'Organise',
  summary: 'Change an event',
  description:
    'What is left out stays; lists are replaced whole. Once places are held or sold, the seat layout and the currency stay as they are, a ticket type or pool in use can not be removed, and no capacity may fall below what is taken. Prices of existing holds and orders never change, whatever becomes of the promo code they were reduced by.',
  access: 'manager',
  params: eventIdParam,
  body: eventPatchSchema,
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 300, seconds: 60 },
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: managedReply,
  errors: ['capacity_below_taken', 'event_has_sales', 'event_not_publishable'],
  example: { body: { title: 'Night Shift II' } },
});

export const publishEvent = operation({
  id: 'publishEvent',
  method: 'POST',
  path: '/api/events/{eventId}/publication',
  tag: 'Organise',
  summary: 'Publish: the event is found and sold',
  access: 'manager',
  params: eventIdParam,
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: managedReply,
  errors: ['event_not_publishable'],
});

export const unpublishEvent = operation({
  id: 'unpublishEvent',
  method: 'DELETE',
  path: '/api/events/{eventId}/publication',
  tag: 'Organise',
  summary: 'Unpublish: back to a draft, nothing more is sold; tickets stay valid',
  access: 'manager',
  params: eventIdParam,
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: managedReply,
  errors: [],
});

export const listOrganisationEvents = operation({
  id: 'listOrganisationEvents',
  method: 'GET',
  path: '/api/organisations/{organisationId}/events',
  tag: 'Organise',
  summary: 'All events of an organisation, newest first, drafts too',
  access: 'door',
  params: z.object({ organisationId: idSchema('organisation') }),
  status: 200,
  reply: z.object({ items: z.array(z.object({ ...eventSummarySchema.shape, version: z.int() })) }),
  errors: [],
});
