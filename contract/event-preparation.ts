import * as z from 'zod/mini';
import { instantSchema } from './time.ts';

/* What a team knows of an event beside its fields: what it still needs, and what was decided about its sale. */

/** What a draft may leave open. Until it is decided, the server stores and returns a stand-in for it. */
export const undecidableFields = ['startsAt', 'endsAt'] as const;
export type Undecided = (typeof undecidableFields)[number];
export const undecidedSchema = z.array(z.enum(undecidableFields));

/** The steps in which an event is prepared. */
export const eventSteps = [
  'basics',
  'when',
  'tickets',
  'seats',
  'questions',
  'terms',
  'page',
  'publish',
] as const;
export type EventStep = (typeof eventSteps)[number];

/** What an event can lack for its publication, and the step that asks for it. */
export const gapSteps = {
  start: 'when',
  end: 'when',
  start_in_future: 'when',
  venue: 'when',
  city: 'when',
  country: 'when',
  ticket_type: 'tickets',
  places: 'tickets',
  sale_end_in_future: 'tickets',
} as const satisfies Record<string, EventStep>;
export type GapCode = keyof typeof gapSteps;
export const gapCodes = Object.keys(gapSteps) as [GapCode, ...GapCode[]];

export const gapSchema = z.object({ code: z.enum(gapCodes), step: z.enum(eventSteps) });
export type Gap = z.infer<typeof gapSchema>;

const scheduledPublicationSchema = z.object({
  at: instantSchema,
  /** When the event could not be published at that time; null while the time is to come. */
  failedAt: z.nullable(instantSchema),
  /** What it lacked then. */
  gaps: z.array(gapSchema),
});

/** Further members of a managed event. */
export const preparationShape = {
  /** Fields of a draft that nobody has decided yet. Their values are stand-ins. */
  undecided: undecidedSchema,
  /** What the event lacks before it can be published now. */
  gaps: z.array(gapSchema),
  archivedAt: z.nullable(instantSchema),
  /** Since when the team has stopped the sale. `saleEndsAt` is then this time. */
  takenOffSaleAt: z.nullable(instantSchema),
  scheduledPublication: z.nullable(scheduledPublicationSchema),
};
export type Preparation = { [K in keyof typeof preparationShape]: z.infer<(typeof preparationShape)[K]> };
