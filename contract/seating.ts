import { z } from 'zod';
import { idSchema, seatIdSchema } from './ids.ts';
import { operation } from './operation.ts';

/** A key that an organiser gives a zone, section or pool: unique inside its event, stable across edits. */
export const keySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and hyphens')
  .meta({ examples: ['stalls'] });

const coordinate = z.int().min(0).max(100_000);

/** A price zone of a seat map. Every seat of a zone is sold by the ticket types that name it. */
export const zoneSchema = z.strictObject({
  key: keySchema,
  name: z.string().min(1).max(60),
  /** `#rrggbb`; shown next to the name, never alone. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
});
export type Zone = z.infer<typeof zoneSchema>;

/**
 * One row: its seats from left to right as the audience faces the stage. Neighbours in this list are
 * neighbours in the room unless `gapsAfter` names an aisle. Coordinates are in tenths of a seat's width,
 * from the top left of the map.
 */
export const layoutRowSchema = z
  .strictObject({
    label: z.string().max(8),
    zone: keySchema,
    labels: z.array(z.string().min(1).max(8)).min(1).max(500),
    x: z.array(coordinate).min(1).max(500),
    y: z.array(coordinate).min(1).max(500),
    /** Positions (from 0) in this row after which an aisle breaks the neighbourhood. */
    gapsAfter: z.array(z.int().min(0).max(499)).optional(),
    /** Positions (from 0) of places for wheelchairs. */
    accessible: z.array(z.int().min(0).max(499)).optional(),
    /** Positions (from 0) of seats for those who come with somebody in a wheelchair. */
    companion: z.array(z.int().min(0).max(499)).optional(),
  })
  .refine((row) => row.labels.length === row.x.length && row.x.length === row.y.length, {
    message: 'labels, x and y must have one entry per seat',
  });

export const layoutSectionSchema = z.strictObject({
  key: keySchema,
  name: z.string().min(1).max(60),
  /** Rows from the one nearest to the stage: the order in which best available prefers them. */
  rows: z.array(layoutRowSchema).max(400),
  /** The outline of a standing area: it has no rows and is sold from a pool. Points in map units. */
  outline: z
    .array(z.tuple([coordinate, coordinate]))
    .max(200)
    .optional(),
});

/** A reserved-seat layout as an organiser gives it. Seats are numbered from 0 in the order they stand here. */
export const seatLayoutSchema = z
  .strictObject({
    width: z.int().min(1).max(100_000),
    height: z.int().min(1).max(100_000),
    /** Where the stage is, as a rectangle in map units. */
    stage: z
      .strictObject({
        x: coordinate,
        y: coordinate,
        width: coordinate,
        height: coordinate,
        label: z.string().max(30),
      })
      .optional(),
    zones: z.array(zoneSchema).min(1).max(40),
    sections: z.array(layoutSectionSchema).min(1).max(400),
  })
  .meta({ id: 'SeatLayout' });
export type SeatLayout = z.infer<typeof seatLayoutSchema>;
export type LayoutRow = z.infer<typeof layoutRowSchema>;

export const mapSeatSchema = z.object({
  id: seatIdSchema,
  label: z.string(),
  x: z.int(),
  y: z.int(),
  /** True for a place for a wheelchair. */
  accessible: z.literal(true).optional(),
  /** True for the seat of somebody who comes with a wheelchair user. */
  companion: z.literal(true).optional(),
  /** True where an aisle follows: the next seat in the list is not a neighbour. */
  aisleAfter: z.literal(true).optional(),
});

export const seatMapSchema = z
  .object({
    eventId: idSchema('event'),
    seatCount: z.int(),
    width: z.int(),
    height: z.int(),
    stage: z
      .object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), label: z.string() })
      .optional(),
    zones: z.array(zoneSchema),
    sections: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        outline: z.array(z.tuple([z.int(), z.int()])).optional(),
        rows: z.array(z.object({ label: z.string(), zone: z.string(), seats: z.array(mapSeatSchema) })),
      }),
    ),
  })
  .meta({ id: 'SeatMap' });
export type SeatMap = z.infer<typeof seatMapSchema>;

export const getSeatMap = operation({
  id: 'getSeatMap',
  method: 'GET',
  path: '/api/events/{eventId}/seat-map',
  tag: 'Events',
  summary: 'The seats of an event and where they are',
  description:
    'Sections, rows and seats with coordinates (tenths of a seat) and price zone. It never changes once the event is published, so it carries an ETag and may be cached. The order of the seats here is the order of the bits in `availability.seats`. An event without numbered seats answers 404.',
  access: 'public',
  params: z.object({ eventId: z.string().max(120) }),
  status: 200,
  reply: seatMapSchema,
  errors: ['not_found'],
});
