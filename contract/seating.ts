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
  etag: 'content',
  reply: seatMapSchema,
  errors: ['not_found'],
});
