import { z } from 'zod';
import { movedFromSchema, publicCancellationSchema } from './event-cancellations.ts';
import {
  categorySchema,
  defaultPlacesPerNetwork,
  draftFields,
  eventFields,
  holderRights,
  noVenue,
  termsOrDefault,
} from './event-fields.ts';
import { preparationShape } from './event-preparation.ts';
import { listEventsQuery } from './event-search.ts';
import { exampleEvent } from './example-event.ts';
import { idSchema } from './ids.ts';
import { currencySchema, moneySchema } from './money.ts';
import { attendanceSchema } from './online-fields.ts';
import { operation } from './operation.ts';
import { poolCountsSchema } from './pool-counts.ts';
import { bookingFeeSchema, taxSchema } from './price.ts';
import { managedProductSchema, productSchema } from './products.ts';
import { promoCodeInput } from './promo-codes.ts';
import { readAsSchema } from './read-as.ts';
import { noRefunds, refundPolicySchema } from './refund-policy.ts';
import { richTextSchema } from './rich-text.ts';
import { shownPriceFields } from './shown-prices.ts';
import { instantSchema } from './time.ts';

export type Category = z.infer<typeof categorySchema>;

/** draft → published → over or cancelled. `over` is not stored: it means that the event's end has passed. */
export const eventStatuses = ['draft', 'published', 'over', 'cancelled'] as const;
export const eventStatusSchema = z.enum(eventStatuses);

export const ticketTypeSchema = z
  .object({
    id: idSchema('ticketType'),
    name: z.string(),
    description: z.string(),
    /** What a buyer pays for one ticket now, with tax and booking fee. The fee of an order comes once more: `orderFee`. */
    price: moneySchema,
    /** The same after the last price step. */
    fullPrice: moneySchema,
    /** The organiser's price after the last price step: without the booking fee, and without a tax that comes on top. */
    listPrice: moneySchema,
    tax: z.nullable(taxSchema),
    /** Keys of the pools. Each ticket takes one place from each of them. */
    pools: z.array(z.string()),
    /** This type sells the seats of this zone of the seat map; null for general admission. */
    zone: z.string().nullable(),
    minPerOrder: z.int(),
    maxPerOrder: z.int(),
    ...shownPriceFields,
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
    /** The lowest and the highest price; null if there is no ticket type. */
    priceFrom: z.nullable(moneySchema),
    priceTo: z.nullable(moneySchema),
    soldOut: z.boolean(),
    movedFrom: z.nullable(movedFromSchema).meta({
      description: 'When and where it would have been before its last move; null if it was never moved.',
    }),
    distanceKm: z
      .number()
      .optional()
      .meta({ description: 'Present if the search asked for events near a place.' }),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof eventSummarySchema>;

export const listedEventSchema = z
  .object({
    ...eventSummarySchema.shape,
    match: z.enum(['exact', 'similar']).optional().meta({
      description:
        'Only with `q`: `exact` if the event has the words as typed, `similar` if it has them with a typing error.',
    }),
  })
  .meta({ id: 'ListedEvent' });
export type ListedEvent = z.infer<typeof listedEventSchema>;

export const eventSchema = z
  .object({
    ...eventSummarySchema.shape,
    version: z.int().meta({ description: 'Send it in If-Match when you change the event.' }),
    description: z
      .string()
      .meta({ description: 'Plain text, or Markdown with emphasis, links, lists and headings.' }),
    about: richTextSchema.meta({ description: 'The description as blocks, ready to be shown.' }),
    venue: z.object({
      name: z.string(),
      address: z.string(),
      city: z.string(),
      country: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
    }),
    organisation: z.object({ id: idSchema('organisation'), name: z.string(), slug: z.string() }),
    series: z.nullable(z.object({ name: z.string(), slug: z.string() })).meta({
      description: 'The series whose date the event is (`getSeries`); null if it is none.',
    }),
    isPass: z
      .boolean()
      .meta({ description: 'True for a pass, whose tickets open other events (`getPass`).' }),
    coverAlt: eventFields.coverAlt,
    tags: z.array(z.string()),
    doorsAt: z.nullable(instantSchema),
    currency: currencySchema,
    ticketTypes: z.array(ticketTypeSchema),
    products: z.array(productSchema),
    hasSeatMap: z.boolean(),
    takesPromoCodes: z.boolean().meta({ description: 'True if there is a promo code for these tickets.' }),
    asksQuestions: z.boolean().meta({
      description: 'If true, an order answers questions or accepts terms (`getEventQuestions`).',
    }),
    attendance: attendanceSchema.register(z.globalRegistry, {
      description:
        'How people attend. The link of an event that is attended online is on the tickets and nowhere else.',
    }),
    maxPerBuyer: z.int(),
    holdSeconds: z.int(),
    asksAttendeeNames: z.boolean().meta({ description: 'If true, an order must name one guest per place.' }),
    ...holderRights,
    waitlist: eventFields.waitlist,
    waitingRoom: eventFields.waitingRoom,
    ticketCodes: eventFields.ticketCodes,
    saleStartsAt: z.nullable(instantSchema),
    saleEndsAt: z.nullable(instantSchema),
    refundPolicy: refundPolicySchema,
    /** The booking fee that each order costs once, if any of its tickets is not free. */
    orderFee: moneySchema,
    publishedAt: z.nullable(instantSchema),
    cancellation: z.nullable(publicCancellationSchema),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof eventSchema>;

/** An event for its team: with notes for the door, pools and promo codes, and how many places or uses of each are taken. */
export const managedEventSchema = z
  .object({
    ...eventSchema.shape,
    ticketTypes: z.array(ticketTypeSchema.extend({ doorNote: z.string(), hidden: z.boolean() })),
    products: z.array(managedProductSchema),
    bookingFee: z.nullable(bookingFeeSchema),
    placesPerNetwork: z.int().meta({
      description:
        'How many places guests of one network may hold at once. Accounts with a verified address may hold ten times as many. 0 means no limit.',
    }),
    reminderHours: eventFields.reminderHours,
    run: eventFields.run,
    orderReview: eventFields.orderReview,
    pools: z.array(poolCountsSchema),
    promoCodes: z
      .array(
        z.object({
          ...promoCodeInput.shape,
          held: z.int().meta({ description: 'Tickets that are held with this code and not bought yet.' }),
          sold: z.int(),
        }),
      )
      .meta({ description: 'Empty for door staff.' }),
    ...preparationShape,
  })
  .meta({ id: 'ManagedEvent' });
export type ManagedEvent = z.infer<typeof managedEventSchema>;

/** 120,000 seats with labels of 8 letters and coordinates of 6 digits are 3 MiB of JSON. */
export const eventBodyLimit = 4 * 1024 * 1024;

/** The body of createEvent. A draft needs a title only; the rest may come until its publication (`gaps`). */
export const newEventSchema = z
  .strictObject({
    organisationId: idSchema('organisation'),
    ...draftFields,
    category: z._default(eventFields.category, 'other'),
    startsAt: z.optional(eventFields.startsAt),
    endsAt: z.optional(eventFields.endsAt),
    timeZone: z._default(eventFields.timeZone, 'UTC'),
    venue: z._default(draftFields.venue, noVenue),
    currency: z._default(eventFields.currency, 'EUR'),
    tags: z._default(eventFields.tags, []),
    summary: z._default(eventFields.summary, ''),
    description: z._default(eventFields.description, ''),
    doorsAt: z._default(eventFields.doorsAt, null),
    coverUrl: z._default(eventFields.coverUrl, null),
    coverAlt: z._default(eventFields.coverAlt, ''),
    maxPerBuyer: z._default(eventFields.maxPerBuyer, 10),
    placesPerNetwork: z._default(eventFields.placesPerNetwork, defaultPlacesPerNetwork),
    holdSeconds: z._default(eventFields.holdSeconds, 600),
    asksAttendeeNames: z._default(eventFields.asksAttendeeNames, false),
    ...termsOrDefault,
    saleStartsAt: z._default(eventFields.saleStartsAt, null),
    saleEndsAt: z._default(eventFields.saleEndsAt, null),
    refundPolicy: z._default(eventFields.refundPolicy, noRefunds),
    bookingFee: z._default(eventFields.bookingFee, null),
    pools: z._default(eventFields.pools, []),
    ticketTypes: z._default(eventFields.ticketTypes, []),
    products: z._default(eventFields.products, []),
    seatLayout: z._default(eventFields.seatLayout, null),
    promoCodes: z._default(eventFields.promoCodes, []),
  })
  .meta({ id: 'NewEvent' });
export type NewEvent = z.infer<typeof newEventSchema>;

/** The body of updateEvent. A field that is left out stays as it is. A list replaces the whole old list. */
export const eventPatchSchema = z
  .strictObject({
    ...draftFields,
    refundUntil: z.nullable(instantSchema).register(z.globalRegistry, {
      description:
        'With a new time or place of a published event: until then, buyers who already have tickets may cancel and get everything back, whatever the refund policy says.',
    }),
  })
  .partial()
  .meta({ id: 'EventPatch' });
export type EventPatch = z.infer<typeof eventPatchSchema>;

export const eventListSchema = z.object({
  items: z.array(listedEventSchema),
  nextCursor: z.string().nullable(),
  readAs: z.array(readAsSchema).optional().meta({
    description: 'Words of `q` that stand for a filter. Events that have them in their title are listed too.',
  }),
  inOtherCurrencies: z.int().optional().meta({
    description:
      'On the first page, with `currency`: how many events match everything else but are sold in another currency.',
  }),
});
export type EventList = z.infer<typeof eventListSchema>;

const eventRef = z.object({
  eventId: z.string().min(1).max(120).meta({ description: 'The id or the slug of the event.' }),
});
const eventIdParam = z.object({ eventId: idSchema('event') });

export const listEvents = operation({
  id: 'listEvents',
  method: 'GET',
  path: '/api/events',
  tag: 'Events',
  summary: 'Search upcoming published events',
  description:
    'A cancelled event is listed until its end, with the status `cancelled`. For the next page, send `nextCursor` as `cursor`. A null `nextCursor` means that there are no more events.',
  access: 'public',
  query: listEventsQuery,
  status: 200,
  reply: eventListSchema,
  errors: [],
  example: { query: { q: 'night', city: 'Berlin' } },
});

export const getEvent = operation({
  id: 'getEvent',
  method: 'GET',
  path: '/api/events/{eventId}',
  tag: 'Events',
  summary: 'Read a published event, by id or slug',
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
  description:
    'Only the title is required. Until you give a start and an end, the draft has stand-ins for them, and `undecided` names them. `gaps` says what the draft needs before it can be published.',
  access: 'team',
  needs: 'events.edit',
  body: newEventSchema,
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 300, seconds: 60 },
  status: 201,
  etag: 'version',
  reply: managedEventSchema,
  acts: ['event.created'],
  errors: ['not_found'],
  example: { body: exampleEvent },
});

export const getManagedEvent = operation({
  id: 'getManagedEvent',
  method: 'GET',
  path: '/api/events/{eventId}/management',
  tag: 'Organise',
  summary: 'Read an event for its team, also a draft',
  access: 'team',
  needs: 'events.read',
  params: eventIdParam,
  status: 200,
  etag: 'version',
  reply: managedEventSchema,
  errors: [],
});

export const updateEvent = operation({
  id: 'updateEvent',
  method: 'PATCH',
  path: '/api/events/{eventId}',
  tag: 'Organise',
  summary: 'Change an event',
  description:
    'A field that is left out stays as it is; a list replaces the whole old list. While places are held or sold, the seat layout and the currency cannot change, a ticket type or pool in use cannot be removed, and no capacity can fall below the places taken. The prices of existing holds and orders never change, even if their promo code is changed or removed. A new promo code cannot have the name of a code that was made in bulk: `code_taken`.',
  access: 'team',
  needs: 'events.edit',
  params: eventIdParam,
  body: eventPatchSchema,
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 300, seconds: 60 },
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: managedEventSchema,
  acts: ['event.changed'],
  errors: [
    'capacity_below_taken',
    'code_taken',
    'event_cancelled',
    'event_has_sales',
    'event_not_publishable',
    'pass_places',
  ],
  example: { body: { title: 'Night Shift II' } },
});
