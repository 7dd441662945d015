import { z } from 'zod';
import { idSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

const count = z.int().min(0);
const described = <S extends z.core.$ZodType>(schema: S, { description }: { description: string }) =>
  z.nonoptional(schema).meta({ description });

/** How money of a sale divides. */
export const revenueSchema = z
  .object({
    gross: described(moneySchema, { description: 'What buyers paid.' }),
    tax: described(moneySchema, { description: 'The tax on the tickets, as it was paid.' }),
    fees: described(moneySchema, { description: 'Booking fees with their tax, whoever pays them.' }),
    refunds: described(moneySchema, { description: 'What was given back, or is on its way back.' }),
    disputed: described(moneySchema, { description: 'What banks have taken back in disputes.' }),
    net: z.object({ amount: z.int(), currency: moneySchema.shape.currency }).meta({
      description:
        'What is left for the organiser: without tax and fees, and without the organiser’s part of refunds and disputes. It may be negative.',
    }),
  })
  .meta({ id: 'Revenue' });

const soldSchema = z.object({
  tickets: count.meta({ description: 'Tickets that were sold and are not cancelled.' }),
  gross: moneySchema,
});

const rowSchema = soldSchema
  .extend({
    key: z.string().meta({ description: 'The id, code, link, country or device. Empty if unknown or none.' }),
    name: z.string(),
    orders: count,
    refunds: moneySchema,
    admitted: count,
    visits: count,
  })
  .meta({ id: 'FiguresRow' });
export type FiguresRow = z.infer<typeof rowSchema>;

const pointSchema = soldSchema.extend({
  at: described(instantSchema, { description: 'The beginning of the hour or day.' }),
});

const seriesSchema = z.object({
  unit: z.enum(['hour', 'day']).meta({ description: 'Days are days in the time zone of the event.' }),
  points: z.array(pointSchema).meta({ description: 'Only hours or days with a sale, the earliest first.' }),
});

const countsSchema = z.object({
  capacity: count,
  sold: count,
  held: count,
  free: count,
  blocked: count,
  admitted: count,
  waiting: count.meta({ description: 'People in the waitlist, with an offer or without.' }),
});

const unsettledSchema = z.object({
  orders: count.meta({ description: 'Orders that wait for their payment.' }),
  refunds: described(moneySchema, {
    description: 'The part of the refunds that the provider has not sent yet.',
  }),
  counting: z.boolean().meta({ description: 'True while the figures are not counted yet.' }),
});

export const eventDashboardSchema = z
  .object({
    eventId: idSchema('event'),
    title: z.string(),
    status: z.enum(['draft', 'published', 'cancelled']),
    startsAt: instantSchema,
    timeZone: z.string(),
    countedAt: z.nullable(instantSchema).meta({ description: 'When a counter last changed.' }),
    counts: countsSchema,
    queue: z.nullable(z.object({ waiting: count })).meta({
      description: 'How many people wait in the waiting room; null if the event has none now.',
    }),
    revenue: revenueSchema,
    unsettled: unsettledSchema,
    funnel: z.object({ views: count, clicks: count, holds: count, orders: count, paid: count }),
    byTicketType: z.array(rowSchema),
    byExtra: z.array(rowSchema).meta({
      description: 'Variants of extras. `admitted` is how many were handed out.',
    }),
    byZone: z.array(rowSchema),
    byOrigin: z.array(rowSchema).meta({
      description:
        'Orders that no buyer placed: `complimentary`, `box_office`, `pass` and `imported`. They are in the other figures too, except for the funnel.',
    }),
    byPromoCode: z.array(rowSchema).meta({
      description: 'The promo codes of the event. An order without any code has the key `""`.',
    }),
    byCodeTag: z.array(rowSchema).meta({
      description:
        'Orders with codes that the team made in bulk, by the tags of the codes. Figures name no such code, because it may have uses left.',
    }),
    byLink: z.array(rowSchema),
    byCountry: z.array(rowSchema),
    byDevice: z.array(rowSchema),
    sales: seriesSchema.extend({ onSaleAt: z.nullable(instantSchema) }),
    comparison: seriesSchema
      .extend({ eventId: idSchema('event'), title: z.string(), onSaleAt: z.nullable(instantSchema) })
      .nullable()
      .meta({
        description:
          'The last event of the organisation in the same category that started earlier and sold something; without one, of any category.',
      }),
  })
  .meta({ id: 'EventDashboard' });
export type EventDashboard = z.infer<typeof eventDashboardSchema>;

const eventParam = z.object({ eventId: idSchema('event') });

export const getEventDashboard = operation({
  id: 'getEventDashboard',
  method: 'GET',
  path: '/api/events/{eventId}/dashboard',
  tag: 'Organise',
  summary: 'Read the figures of an event',
  description:
    'The counters follow a sale within a second. The message `figures` of the live connection says that they have changed. `unsettled` says what may still change: orders without their payment, refunds on their way. A list has at most 100 rows, those with the most money first.',
  access: 'team',
  needs: 'figures.read',
  params: eventParam,
  status: 200,
  reply: eventDashboardSchema,
  errors: [],
});

export const seatFiguresSchema = z
  .object({
    seatMapId: z.nullable(idSchema('seatMap')).meta({ description: 'Null without numbered seats.' }),
    held: z.array(z.int().min(0)).meta({ description: 'Seats by their index within the event.' }),
    sold: z.array(z.int().min(0)),
    soldAt: z.array(z.int()).meta({
      description: 'When each seat of `sold` was bought, in seconds since 1970, in the same order.',
    }),
    blocked: z.array(z.int().min(0)),
    seats: count.meta({ description: 'How many seats the current seat map has.' }),
  })
  .meta({ id: 'SeatFigures' });
export type SeatFigures = z.infer<typeof seatFiguresSchema>;

export const getSeatFigures = operation({
  id: 'getSeatFigures',
  method: 'GET',
  path: '/api/events/{eventId}/dashboard/seats',
  tag: 'Organise',
  summary: 'Read which seats of an event are sold, since when, and which are held',
  description: 'Every other seat of the current seat map is free.',
  access: 'team',
  needs: 'figures.read',
  params: eventParam,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: seatFiguresSchema,
  errors: [],
});

const eventRowSchema = countsSchema.extend({
  eventId: idSchema('event'),
  title: z.string(),
  status: z.enum(['draft', 'published', 'cancelled']),
  startsAt: instantSchema,
  timeZone: z.string(),
  revenue: revenueSchema,
});

export const organisationDashboardSchema = z
  .object({
    counts: countsSchema,
    revenue: z.array(revenueSchema).meta({ description: 'One per currency.' }),
    unsettled: z.object({ counting: z.boolean() }),
    events: z
      .array(eventRowSchema)
      .meta({ description: 'At most 200: those to come first, then the latest.' }),
    sales: z.array(
      seriesSchema.extend({ currency: moneySchema.shape.currency }).meta({
        description: 'The last 90 days, by day in UTC, one per currency.',
      }),
    ),
  })
  .meta({ id: 'OrganisationDashboard' });
export type OrganisationDashboard = z.infer<typeof organisationDashboardSchema>;

export const getOrganisationDashboard = operation({
  id: 'getOrganisationDashboard',
  method: 'GET',
  path: '/api/organisations/{organisationId}/dashboard',
  tag: 'Organise',
  summary: 'Read the figures of an organisation, and of each of its events',
  description: 'Sums and events are those of the listed events.',
  access: 'team',
  needs: 'figures.read',
  ofMembersEvents: true,
  params: z.object({ organisationId: idSchema('organisation') }),
  status: 200,
  reply: organisationDashboardSchema,
  errors: [],
});
