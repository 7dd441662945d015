import { z } from 'zod';
import { idSchema, seatIdSchema } from './ids.ts';
import { zoneSchema } from './layout.ts';
import { operation } from './operation.ts';

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
    /** Each version of an event's seat map has an id of its own and never changes. */
    id: idSchema('seatMap'),
    version: z.int(),
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
    'Sections, rows and seats with coordinates (tenths of a seat) and price zone. An edit of the layout makes a new version with an id of its own; a version never changes, so it carries an ETag and may be cached. A seat that a new version has kept keeps its id. The number at the end of a seat id is its bit in `availability.seats`. `seatMapId` asks for a certain version, for instance that of an order; without it the answer is the one in force. An event without numbered seats answers 404.',
  access: 'public',
  params: z.object({ eventId: z.string().max(120) }),
  query: z.strictObject({ seatMapId: z.optional(idSchema('seatMap')) }),
  status: 200,
  etag: 'content',
  reply: seatMapSchema,
  errors: ['not_found'],
});
