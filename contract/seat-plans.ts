import { z } from 'zod';
import { eventFields } from './event-fields.ts';
import { eventBodyLimit, managedEventSchema } from './events.ts';
import { examplePlan } from './example-plan.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { mostPlanVersions, planSchema } from './plan-fields.ts';
import { instantSchema } from './time.ts';

/* Seat plans as they are drawn: of an event, and in the library of an organisation (docs/seat-plans.md). */

/** How many plans a library has. */
export const mostLibraryPlans = 50;

/** A plan in an answer. What is saved has been checked by `planSchema` with all its rules. */
const documentSchema = z.strictObject(planSchema.shape);

const eventParam = z.object({ eventId: idSchema('event') });

const eventPlanState = {
  version: z
    .int()
    .min(0)
    .meta({ description: 'Of the drawing. 0: nobody has saved a drawing of this event.' }),
  appliedVersion: z
    .int()
    .nullable()
    .meta({ description: 'The version of the drawing that was last made the seat map; null for none.' }),
  layoutChanged: z.boolean().meta({
    description:
      'The seat map was changed in another way since this drawing was begun or applied. Until a saved drawing names it in `seenSeatMapId`, applySeatPlan refuses.',
  }),
  seatMapId: z.nullable(idSchema('seatMap')).meta({
    description: 'The seat map of the event now; null if it has no numbered seats.',
  }),
  savedAt: z.nullable(instantSchema),
  savedBy: z.string().nullable().meta({ description: 'The name of the member who saved it.' }),
};

export const eventPlanSchema = z
  .object({
    ...eventPlanState,
    plan: documentSchema.meta({
      description: 'The drawing; of an event without one, its seat map as free rows, or an empty plan.',
    }),
    eventVersion: z.int().meta({ description: 'Send it in `If-Match` of applySeatPlan.' }),
  })
  .meta({ id: 'EventSeatPlan' });
export type EventPlan = z.infer<typeof eventPlanSchema>;

export const getEventSeatPlan = operation({
  id: 'getEventSeatPlan',
  method: 'GET',
  path: '/api/events/{eventId}/seat-plan',
  tag: 'Organise',
  summary: 'Read the drawing of the seat map of an event',
  description:
    '`from=layout` reads the seat map that is on sale into a drawing, also if a drawing was saved. Seats keep their keys.',
  access: 'team',
  needs: 'events.read',
  params: eventParam,
  query: z.strictObject({ from: z.optional(z.enum(['layout'])) }),
  status: 200,
  etag: 'version',
  reply: eventPlanSchema,
  errors: [],
});

const savedPlanSchema = z.object(eventPlanState).meta({ id: 'SavedSeatPlan' });
export type SavedPlan = z.infer<typeof savedPlanSchema>;

export const saveEventSeatPlan = operation({
  id: 'saveEventSeatPlan',
  method: 'PUT',
  path: '/api/events/{eventId}/seat-plan',
  tag: 'Organise',
  summary: 'Save the drawing of the seat map of an event',
  description:
    'Nothing that is sold changes until applySeatPlan, so a drawing may be unfinished. Its pictures must be pictures of the organisation.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z.strictObject({
    plan: planSchema,
    seenSeatMapId: z.optional(z.nullable(idSchema('seatMap'))).meta({
      description:
        'After a change of the seat map in another way: the seat map that the drawing took over, or will replace. It counts if it is still the seat map of the event. Left out, nothing is said about it.',
    }),
  }),
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 300, seconds: 60 },
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: savedPlanSchema,
  errors: ['event_cancelled'],
  example: { body: { plan: examplePlan } },
});

const namedSeat = placeSchema;
/** As many seats are named in an answer about changes. */
export const mostSeatsNamed = 200;

const planChangesSchema = z
  .object({
    added: z.int().meta({ description: 'Seats that are new.' }),
    removed: z.int().meta({ description: 'Free seats that go.' }),
    vanishing: z.array(namedSeat).meta({
      description: 'Held, sold or blocked seats that would go. While there are any, the drawing is refused.',
    }),
    renamed: z
      .array(z.object({ before: namedSeat, after: namedSeat, taken: z.boolean() }))
      .meta({ description: 'Seats that get another name, those that are held or sold first.' }),
    renamedTaken: z.int().meta({
      description:
        'How many of them are held or sold. Whoever has a ticket is told; an order that is not paid yet shows the new name.',
    }),
    moved: z.int().meta({
      description:
        'Seats that stand elsewhere by a seat’s width or more, with the same name. Free ones count too: somebody may take one before the drawing is applied.',
    }),
    movedTaken: z.int().meta({ description: 'How many of them are held or sold now.' }),
    withoutZone: z
      .array(
        z.object({
          ticketTypeId: idSchema('ticketType'),
          name: z.string(),
          zone: z.string(),
          taken: z.boolean().meta({ description: 'Places of it are held or sold, so it cannot be removed.' }),
        }),
      )
      .meta({
        description:
          'Ticket types whose price zone the drawing does not have. The drawing is applied only with `ticketTypes` in which they have another zone or are left out.',
      }),
    issues: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          code: z
            .optional(z.string())
            .meta({ description: 'What is wrong, if the drawing itself shows it.' }),
          object: z.optional(z.string()).meta({ description: 'The id of the object in the drawing.' }),
          row: z.optional(z.string()),
          serial: z.optional(z.int()),
          zone: z.optional(z.string()),
          section: z.optional(z.string()),
          values: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
        }),
      )
      .meta({ description: 'What keeps the drawing from being sold. At most 20.' }),
  })
  .meta({ id: 'SeatPlanChanges' });
export type PlanChanges = z.infer<typeof planChangesSchema>;

export const previewSeatPlan = operation({
  id: 'previewSeatPlan',
  method: 'GET',
  path: '/api/events/{eventId}/seat-plan/changes',
  tag: 'Organise',
  summary: 'What applying the saved drawing would change, and for whom',
  description: `Names at most ${mostSeatsNamed} seats of each kind.`,
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  rateLimit: { max: 20, seconds: 60 },
  status: 200,
  reply: planChangesSchema,
  errors: [],
});

export const applySeatPlan = operation({
  id: 'applySeatPlan',
  method: 'POST',
  path: '/api/events/{eventId}/seat-plan/applications',
  tag: 'Organise',
  summary: 'Make the saved drawing the seat map of the event',
  description:
    '`If-Match` has the version of the event, and `version` that of the drawing. A seat that is held or sold keeps its holder: a seat with another name is renamed on its tickets and on orders that are not paid yet, and whoever has a ticket gets a mail. With `tellMoved` the holders of seats that stand elsewhere get one too. A held or sold seat that the drawing does not have is refused by name. `ticketTypes` replaces the ticket types of the event in the same change, as in updateEvent: ticket types of zones that the drawing does not have get another zone or go. `seatLayout` of getSeatLayout is then the compiled drawing.',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  body: z.strictObject({
    version: z.int().min(1),
    tellMoved: z.boolean(),
    ticketTypes: z.optional(eventFields.ticketTypes),
  }),
  rateLimit: { max: 20, seconds: 60 },
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: managedEventSchema,
  acts: ['event.changed'],
  errors: [
    'capacity_below_taken',
    'event_cancelled',
    'event_has_sales',
    'event_not_publishable',
    'seat_layout_changed',
    'pass_places',
    'seat_plan_changed',
  ],
  example: { body: { version: 3, tellMoved: false } },
});

const seatKeyList = z.array(z.string());

export const getTakenSeats = operation({
  id: 'getTakenSeats',
  method: 'GET',
  path: '/api/events/{eventId}/seat-plan/taken',
  tag: 'Organise',
  summary: 'The keys of the seats that are held, sold or blocked',
  access: 'team',
  needs: 'events.edit',
  params: eventParam,
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({ held: seatKeyList, sold: seatKeyList, blocked: seatKeyList }).meta({ id: 'TakenSeats' }),
  errors: [],
});

const organisationParam = z.object({ organisationId: idSchema('organisation') });
const libraryParams = organisationParam.extend({ planId: idSchema('seatPlan') });
const planNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}]*$/u, 'expected one line');

const libraryEntry = {
  id: idSchema('seatPlan'),
  name: z.string(),
  version: z.int().min(1),
  seatCount: z.int(),
  savedAt: instantSchema,
  savedBy: z.string().nullable(),
};
const libraryEntrySchema = z.object(libraryEntry).meta({ id: 'LibraryPlanEntry' });
export type LibraryEntry = z.infer<typeof libraryEntrySchema>;
const libraryPlanSchema = z
  .object({
    ...libraryEntry,
    versions: z
      .array(z.object({ version: z.int(), savedAt: instantSchema }))
      .meta({ description: 'The latest first.' }),
    plan: documentSchema,
  })
  .meta({ id: 'LibraryPlan' });
export type LibraryPlan = z.infer<typeof libraryPlanSchema>;

export const listLibraryPlans = operation({
  id: 'listLibraryPlans',
  method: 'GET',
  path: '/api/organisations/{organisationId}/seat-plans',
  tag: 'Organise',
  summary: 'List the seat plans in the library of an organisation, by name',
  access: 'team',
  needs: 'events.read',
  params: organisationParam,
  status: 200,
  reply: z.object({ items: z.array(libraryEntrySchema) }),
  errors: [],
});

export const getLibraryPlan = operation({
  id: 'getLibraryPlan',
  method: 'GET',
  path: '/api/organisations/{organisationId}/seat-plans/{planId}',
  tag: 'Organise',
  summary: 'Read a seat plan of the library',
  description: `An event takes a copy: save it as the drawing of the event. Admit keeps the last ${mostPlanVersions} versions.`,
  access: 'team',
  needs: 'events.read',
  params: libraryParams,
  query: z.strictObject({ version: z.optional(z.coerce.number().int().min(1).max(1_000_000)) }),
  status: 200,
  etag: 'version',
  reply: libraryPlanSchema,
  errors: [],
});

const libraryBody = z.strictObject({ name: planNameSchema, plan: planSchema });

export const createLibraryPlan = operation({
  id: 'createLibraryPlan',
  method: 'POST',
  path: '/api/organisations/{organisationId}/seat-plans',
  tag: 'Organise',
  summary: 'Put a seat plan into the library of an organisation',
  description: `A library has at most ${mostLibraryPlans} plans. Each has a name of its own.`,
  access: 'team',
  needs: 'events.edit',
  params: organisationParam,
  body: libraryBody,
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 30, seconds: 60 },
  status: 201,
  etag: 'version',
  reply: libraryEntrySchema,
  acts: ['seat_plan.saved'],
  errors: ['plan_name_taken', 'too_many_plans'],
  example: { body: { name: 'Great Hall', plan: examplePlan } },
});

export const saveLibraryPlan = operation({
  id: 'saveLibraryPlan',
  method: 'PUT',
  path: '/api/organisations/{organisationId}/seat-plans/{planId}',
  tag: 'Organise',
  summary: 'Save a new version of a seat plan of the library',
  description: 'Events that took a copy keep their own.',
  access: 'team',
  needs: 'events.edit',
  params: libraryParams,
  body: libraryBody,
  bodyLimit: eventBodyLimit,
  rateLimit: { max: 60, seconds: 60 },
  ifMatch: true,
  status: 200,
  etag: 'version',
  reply: libraryEntrySchema,
  acts: ['seat_plan.saved'],
  errors: ['plan_name_taken'],
  example: { body: { name: 'Great Hall', plan: examplePlan } },
});

export const deleteLibraryPlan = operation({
  id: 'deleteLibraryPlan',
  method: 'DELETE',
  path: '/api/organisations/{organisationId}/seat-plans/{planId}',
  tag: 'Organise',
  summary: 'Delete a seat plan of the library',
  description: 'Its versions go too. Events that took a copy keep their own.',
  access: 'team',
  needs: 'events.edit',
  params: libraryParams,
  ifMatch: true,
  status: 204,
  reply: null,
  acts: ['seat_plan.deleted'],
  errors: [],
});
