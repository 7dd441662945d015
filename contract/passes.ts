import { z } from 'zod';
import { eventFields } from './event-fields.ts';
import { managedEventSchema } from './events.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** A pass: an event whose tickets open several dates (docs/passes.md). */

/** How many dates one pass may open. */
export const mostPassDates = 60;
const mostPlaces = 100_000;

const newPassSchema = z
  .strictObject({
    title: eventFields.title,
    priceMinor: z.int().min(0).max(100_000_000).meta({ description: 'In minor units of the currency.' }),
    dates: z
      .array(
        z.strictObject({
          eventId: idSchema('event'),
          /** The ticket type whose places the pass takes. It has no zone. */
          ticketTypeId: idSchema('ticketType'),
        }),
      )
      .min(2)
      .max(mostPassDates),
  })
  .refine(({ dates }) => new Set(dates.map(({ eventId }) => eventId)).size === dates.length, {
    message: 'each date only once',
    path: ['dates'],
  })
  .meta({ id: 'NewPass' });
export type NewPass = z.infer<typeof newPassSchema>;

const dateShape = {
  eventId: idSchema('event'),
  title: z.string(),
  slug: z.string(),
  status: z.enum(['draft', 'published', 'cancelled']),
  startsAt: instantSchema,
  endsAt: instantSchema,
  timeZone: z.string(),
  venueName: z.string(),
  city: z.string(),
};

export const passSchema = z
  .object({
    eventId: idSchema('event'),
    dates: z
      .array(z.object(dateShape))
      .meta({ description: 'The dates that the pass opens, the earliest first.' }),
  })
  .meta({ id: 'Pass' });
export type Pass = z.infer<typeof passSchema>;

const managedPassSchema = z
  .object({
    eventId: idSchema('event'),
    places: z.int().meta({ description: 'How many passes there are. Each date keeps so many places.' }),
    sold: z.int(),
    held: z.int(),
    changing: z.boolean().meta({ description: 'A change of the places is under way.' }),
    dates: z.array(
      z.object({
        ...dateShape,
        ticketTypeId: idSchema('ticketType'),
        free: z.int().meta({ description: 'How many more places the date has for the pass.' }),
        kept: z.int().meta({ description: 'Places that are kept for passes without a ticket of the date.' }),
        tickets: z.int().meta({ description: 'Valid and used tickets that passes brought.' }),
        admitted: z.int().meta({ description: 'How many of these tickets were used.' }),
      }),
    ),
  })
  .meta({ id: 'ManagedPass' });
export type ManagedPass = z.infer<typeof managedPassSchema>;

const eventParam = z.object({ eventId: idSchema('event') });

export const createPass = operation({
  id: 'createPass',
  method: 'POST',
  path: '/api/organisations/{organisationId}/passes',
  tag: 'Organise',
  summary: 'Make a pass for several dates: a draft of an event without places',
  description:
    'The draft is edited and published like any event. `setPassPlaces` gives it places. A date may have numbered seats elsewhere, but the ticket type that the pass names has none: `pass_date_unfit` names the date that does not fit.',
  access: 'team',
  needs: 'events.edit',
  params: z.object({ organisationId: idSchema('organisation') }),
  body: newPassSchema,
  bodyLimit: 32 * 1024,
  rateLimit: { max: 60, seconds: 60 },
  status: 201,
  etag: 'version',
  reply: managedEventSchema,
  acts: ['event.created'],
  errors: ['pass_date_unfit'],
  example: {
    body: {
      title: 'Season pass',
      priceMinor: 12000,
      dates: [
        { eventId: 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF', ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF' },
        { eventId: 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEG', ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEG' },
      ],
    },
  },
});

export const setPassPlaces = operation({
  id: 'setPassPlaces',
  method: 'PUT',
  path: '/api/events/{eventId}/pass/places',
  tag: 'Organise',
  summary: 'Set how many passes there are: each date that is not over keeps as many places, all or none',
  description:
    'More passes take free places of every date; `pass_date_full` names the first date with too few, and nothing has changed. Fewer passes give the places back to the dates. There cannot be fewer than are held and sold. Whoever may block places of the pass only, and not of every date that is not over, is refused with `forbidden`.',
  access: 'team',
  needs: 'places.block',
  params: eventParam,
  body: z.strictObject({ places: z.int().min(0).max(mostPlaces) }),
  bodyLimit: 1024,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: managedPassSchema,
  acts: ['pass.places_changed'],
  errors: ['pass_date_full', 'pass_changing', 'capacity_below_taken', 'event_cancelled', 'busy'],
  example: { body: { places: 100 } },
});

export const getManagedPass = operation({
  id: 'getManagedPass',
  method: 'GET',
  path: '/api/events/{eventId}/pass/places',
  tag: 'Organise',
  summary: 'Read how many passes are sold, and for each date what is kept, given out and used',
  description: 'The dates are those that the caller may read.',
  access: 'team',
  needs: 'events.read',
  params: eventParam,
  status: 200,
  reply: managedPassSchema,
  errors: [],
});

export const getPass = operation({
  id: 'getPass',
  method: 'GET',
  path: '/api/events/{eventId}/pass',
  tag: 'Events',
  summary: 'Read which dates a pass opens',
  description: 'A date that is a draft is left out. 404 for an event that is no pass.',
  access: 'public',
  params: eventParam,
  status: 200,
  reply: passSchema,
  errors: ['not_found'],
});
