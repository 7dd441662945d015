import { z } from 'zod';
import { lineSchema } from './holds.ts';
import { idSchema, seatIdSchema } from './ids.ts';
import { operation } from './operation.ts';
import { instantSchema } from './time.ts';

/** Places that the team of an event keeps off sale: for the house, a camera, a sponsor. */

/** The most seats in one block, and the most places of one ticket type. */
const maxSeats = 2000;
const maxPlaces = 100_000;

const labelSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}]*$/u, 'expected one line')
  .meta({ description: 'What the block is for, in words for the team: "house seats", "camera".' });

const newBlockSchema = z
  .strictObject({
    label: labelSchema,
    items: z
      .array(
        z.strictObject({
          ticketTypeId: idSchema('ticketType'),
          quantity: z.int().min(1).max(maxPlaces),
        }),
      )
      .min(1)
      .max(20)
      .optional(),
    seats: z
      .array(z.strictObject({ seatId: seatIdSchema }))
      .min(1)
      .max(maxSeats)
      .optional(),
    /** The seat map on the screen. If the event has a newer one, the answer is `seat_map_changed`. */
    seatMapId: z.optional(idSchema('seatMap')),
  })
  .refine((body) => Boolean(body.items ?? body.seats), { message: 'give items, seats or both' })
  .meta({ id: 'NewBlock' });
export type NewBlock = z.infer<typeof newBlockSchema>;

const blockSchema = z
  .object({
    id: idSchema('block'),
    label: z.string(),
    places: z.int(),
    lines: z.array(
      z.object({
        ...lineSchema.pick({ ticketTypeId: true, name: true, quantity: true, seats: true }).shape,
      }),
    ),
    createdAt: instantSchema,
  })
  .meta({ id: 'Block' });
export type Block = z.infer<typeof blockSchema>;

const eventParam = z.object({ eventId: idSchema('event') });

export const blockPlaces = operation({
  id: 'blockPlaces',
  method: 'POST',
  path: '/api/events/{eventId}/blocks',
  tag: 'Organise',
  summary: 'Block free seats or places, all or none',
  description:
    'Takes them off sale at once, before, during and after the sale. Only free places can be blocked: `seats_taken` names the others, and `sold_out` says how many are free. Places that are kept for people in the waitlist are not free.',
  access: 'team',
  needs: 'places.block',
  params: eventParam,
  body: newBlockSchema,
  bodyLimit: 256 * 1024,
  rateLimit: { max: 60, seconds: 60 },
  status: 201,
  reply: blockSchema,
  acts: ['places.blocked'],
  errors: [
    'event_cancelled',
    'sold_out',
    'seats_taken',
    'unknown_ticket_type',
    'unknown_seat',
    'seat_map_changed',
    'seat_choice_required',
    'busy',
  ],
  example: {
    body: { label: 'House seats', items: [{ ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 4 }] },
  },
});

export const listBlocks = operation({
  id: 'listBlocks',
  method: 'GET',
  path: '/api/events/{eventId}/blocks',
  tag: 'Organise',
  summary: 'List the blocks of an event, the latest first; at most 500',
  access: 'team',
  needs: 'places.block',
  params: eventParam,
  status: 200,
  reply: z.object({ items: z.array(blockSchema) }),
  errors: [],
});

export const releaseBlock = operation({
  id: 'releaseBlock',
  method: 'DELETE',
  path: '/api/events/{eventId}/blocks/{blockId}',
  tag: 'Organise',
  summary: 'Put blocked places back on sale',
  description:
    'The people in the waitlist are offered them first. It is no error to release a block that is released already.',
  access: 'team',
  needs: 'places.block',
  params: eventParam.extend({ blockId: idSchema('block') }),
  status: 204,
  reply: null,
  acts: ['places.unblocked'],
  errors: ['busy'],
});
