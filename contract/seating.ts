import { z } from 'zod';
import { idSchema, seatIdSchema } from './ids.ts';
import { seatLayoutSchema, zoneSchema } from './layout.ts';
import { operation } from './operation.ts';

export const mapSeatSchema = z.object({
  id: seatIdSchema,
  label: z.string(),
  x: z.int(),
  y: z.int(),
  /** True for a wheelchair place. */
  accessible: z.literal(true).optional(),
  /** True for the seat of a wheelchair user's companion. */
  companion: z.literal(true).optional(),
  /** True if one does not see all of the stage from there. */
  restrictedView: z.literal(true).optional(),
  /** What the organiser says about the seat. */
  note: z.string().optional(),
  /** The id of a photo of the view from there: `/pictures/{id}/1200`. */
  photo: z.optional(idSchema('picture')),
  /** True if an aisle follows, so that the next seat in the list is not a neighbour. */
  aisleAfter: z.literal(true).optional(),
});

export const seatMapSchema = z
  .object({
    /** Each version of an event's seat map has its own id and never changes. */
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
        /** The key of the pool that sells the standing area. */
        pool: z.string().optional(),
        /** The id of a photo of the view from the section. */
        photo: z.optional(idSchema('picture')),
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
  summary: 'Read the seat map of an event',
  description:
    'Sections, rows and seats with coordinates (tenths of a seat) and price zone. An edit of the layout makes a new version with its own id. A version never changes, so it carries an ETag and may be cached. A seat that exists in the new version keeps its id. The number at the end of a seat id is its bit in `availability.seats`. `seatMapId` asks for one version, for instance the version of an order; without it the answer is the current one. An event without numbered seats answers 404.',
  access: 'public',
  params: z.object({ eventId: z.string().max(120) }),
  query: z.strictObject({ seatMapId: z.optional(idSchema('seatMap')) }),
  status: 200,
  etag: 'content',
  reply: seatMapSchema,
  errors: ['not_found'],
});

export const getSeatLayout = operation({
  id: 'getSeatLayout',
  method: 'GET',
  path: '/api/events/{eventId}/seat-layout',
  tag: 'Organise',
  summary: 'Read the seat layout of an event as its organiser wrote it',
  description:
    'Change it and send it back as `seatLayout` of updateEvent. An event without numbered seats answers 404.',
  access: 'team',
  needs: 'events.read',
  params: z.object({ eventId: idSchema('event') }),
  status: 200,
  reply: z.strictObject(seatLayoutSchema.shape),
  errors: [],
});
