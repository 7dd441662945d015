import { z } from 'zod';
import { idSchema, seatIdSchema } from './ids.ts';
import { moneySchema, pricePartsSchema } from './money.ts';
import { operation } from './operation.ts';
import { promoCodeFields, promoCodeSchema } from './promo-codes.ts';
import { instantSchema } from './time.ts';

/** The most places in one hold, whatever the event allows. */
export const maxPlacesPerHold = 100;

const quantity = z.int().min(1).max(maxPlacesPerHold);

const places = z.strictObject({
  items: z
    .array(z.strictObject({ ticketTypeId: idSchema('ticketType'), quantity }))
    .min(1)
    .max(20)
    .optional(),
  seats: z
    .array(z.strictObject({ seatId: seatIdSchema, ticketTypeId: z.optional(idSchema('ticketType')) }))
    .min(1)
    .max(maxPlacesPerHold)
    .optional(),
  bestAvailable: z.strictObject({ ticketTypeId: idSchema('ticketType'), quantity }).optional(),
  /** The seat map that the buyer looks at. If the event has a newer one, the answer is `seat_map_changed`. */
  seatMapId: z.optional(idSchema('seatMap')),
});

/** Exactly one of `items` (general admission), `seats` (these and no others) or `bestAvailable`; 100 places at most. */
export const newHoldSchema = places
  .refine((body) => [body.items, body.seats, body.bestAvailable].filter(Boolean).length === 1, {
    message: 'give exactly one of items, seats or bestAvailable',
  })
  .refine((body) => (body.items ?? []).reduce((sum, item) => sum + item.quantity, 0) <= maxPlacesPerHold, {
    message: `one hold has ${maxPlacesPerHold} places at most`,
    path: ['items'],
  })
  .meta({ id: 'NewHold' });
export type NewHold = z.infer<typeof newHoldSchema>;

export const placeSchema = z.object({ section: z.string(), row: z.string(), seat: z.string() });

export const lineSchema = z
  .object({
    ticketTypeId: idSchema('ticketType'),
    name: z.string(),
    quantity: z.int(),
    /** Of one place, frozen when the hold was placed or a promo code was redeemed. */
    unitPrice: moneySchema,
    /** They add up to `unitPrice`. */
    unitParts: pricePartsSchema,
    promo: z
      .object({ code: promoCodeSchema, fullUnitPrice: moneySchema })
      .optional()
      .meta({ description: 'The promo code that made it cheaper, and what it costs without.' }),
    seats: z.array(z.object({ seatId: seatIdSchema, ...placeSchema.shape })).optional(),
    /** The version of the seat map that the seats were chosen from, and from which their names are. */
    seatMapId: z.optional(idSchema('seatMap')),
  })
  .meta({ id: 'Line' });
export type Line = z.infer<typeof lineSchema>;

export const holdStatuses = ['active', 'confirmed', 'released', 'expired'] as const;

export const holdSchema = z
  .object({
    id: idSchema('hold'),
    eventId: idSchema('event'),
    status: z.enum(holdStatuses),
    /** When the places go back on sale. */
    expiresAt: instantSchema,
    /**
     * Once it is ordered: until when a payment may be begun. `expiresAt` is a minute later from then on, so that a
     * payment that is under way at the end of the countdown does not lose its places.
     */
    payBefore: z.optional(instantSchema),
    /**
     * Only when it is placed, and only then true: the same places were held before, and `expiresAt` is what was left of
     * that time.
     */
    resumed: z.optional(z.literal(true)),
    /** The server's clock when it answered: a countdown that does not trust the device's. */
    now: instantSchema,
    lines: z.array(lineSchema),
    total: moneySchema,
  })
  .meta({ id: 'Hold' });
export type Hold = z.infer<typeof holdSchema>;

const holdParam = z.object({ holdId: idSchema('hold') });

export const placeHold = operation({
  id: 'placeHold',
  method: 'POST',
  path: '/api/events/{eventId}/holds',
  tag: 'Buy',
  summary: 'Hold places, all or none, until expiresAt',
  description:
    'First come, first served. A refusal means that the places were not free at that instant. With the same Idempotency-Key the same hold is answered again. `bestAvailable` prefers neighbours in one row, nearest to the stage first. A seat id means the same seat at every time; with `seatMapId` a hold is also refused if the event has a newer seat map than the buyer looks at (`seat_map_changed` carries the newer `seatMapId`). `sold_out` carries `available`; `seats_taken` carries `seats`; `limit_reached` carries `limit` and `have`; `network_limit` carries `limit`, `held`, `freeAt` and `retryAfterSeconds`. Who holds numbered seats, or the last places of a ticket type, again that they let go of or that ran out has what was left of the time (`resumed`), until they have left the places alone for `holdSeconds`; where next to nothing is left, `hold_again_later` carries `freeAt` and `retryAfterSeconds`.',
  access: 'signed-in',
  params: z.object({ eventId: idSchema('event') }),
  body: newHoldSchema,
  rateLimit: { max: 30, seconds: 10 },
  status: 201,
  reply: holdSchema,
  errors: [
    'event_not_on_sale',
    'sale_not_started',
    'sale_ended',
    'sold_out',
    'seats_taken',
    'limit_reached',
    'network_limit',
    'hold_again_later',
    'amount_too_large',
    'unknown_ticket_type',
    'unknown_seat',
    'seat_map_changed',
    'seat_not_of_ticket_type',
    'seat_choice_required',
    'busy',
  ],
  example: { body: { items: [{ ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 2 }] } },
});

export const getHold = operation({
  id: 'getHold',
  method: 'GET',
  path: '/api/holds/{holdId}',
  tag: 'Buy',
  summary: 'A hold of yours',
  access: 'holder',
  params: holdParam,
  status: 200,
  reply: holdSchema,
  errors: [],
});

export const releaseHold = operation({
  id: 'releaseHold',
  method: 'DELETE',
  path: '/api/holds/{holdId}',
  tag: 'Buy',
  summary: 'Let go of a hold; its places are free at once',
  description:
    'Releasing a hold that has expired or was released before is no error. One that was bought is refused.',
  access: 'holder',
  params: holdParam,
  status: 204,
  reply: null,
  errors: ['hold_ended', 'busy'],
});

export const redeemPromoCode = operation({
  id: 'redeemPromoCode',
  method: 'PUT',
  path: '/api/holds/{holdId}/promo-code',
  tag: 'Buy',
  summary: 'Make the tickets of a hold cheaper with a promo code',
  description:
    'Takes the place of a code that was redeemed before. Upper and lower case are the same. The tickets count against those that may be bought with the code while they are held; `promo_code_used_up` carries `available`. Redeeming the same code again changes nothing. Wrong codes cost the caller, their network and the event much more of their budgets than right ones (docs/limits.md); beyond those the answer is `too_many_promo_codes`.',
  access: 'holder',
  params: holdParam,
  body: z.strictObject(promoCodeFields.shape),
  rateLimit: { max: 20, seconds: 60 },
  budgets: ['promoCodesPerAccount', 'promoCodesPerNetwork', 'promoCodesPerEvent'],
  status: 200,
  reply: holdSchema,
  errors: [
    'unknown_promo_code',
    'too_many_promo_codes',
    'promo_code_ended',
    'promo_code_used_up',
    'hold_expired',
    'hold_ended',
    'already_ordered',
    'busy',
  ],
  example: { body: { code: 'SUMMER-27' } },
});

export const removePromoCode = operation({
  id: 'removePromoCode',
  method: 'DELETE',
  path: '/api/holds/{holdId}/promo-code',
  tag: 'Buy',
  summary: 'Take the promo code of a hold away again',
  access: 'holder',
  params: holdParam,
  status: 200,
  reply: holdSchema,
  errors: ['hold_expired', 'hold_ended', 'already_ordered', 'busy'],
});

export const availabilitySchema = z
  .object({
    /** Grows with every change of the event's inventory. */
    version: z.int(),
    ticketTypes: z.array(z.object({ id: idSchema('ticketType'), available: z.int() })),
    /**
     * One bit per seat, base64: the seat whose id ends in `_i` is bit (i mod 8), the lowest first, of byte
     * floor(i / 8); 1 is free. Absent where the event has no numbered seats.
     */
    seats: z.string().optional(),
    /** The version of the seat map that is in force. A page that shows an older one loads this one. */
    seatMapId: z.optional(idSchema('seatMap')),
  })
  .meta({ id: 'Availability' });
export type Availability = z.infer<typeof availabilitySchema>;

export const getAvailability = operation({
  id: 'getAvailability',
  method: 'GET',
  path: '/api/events/{eventId}/availability',
  tag: 'Events',
  summary: 'What is free right now',
  access: 'public',
  params: z.object({ eventId: z.string().min(1).max(120) }),
  status: 200,
  etag: 'content',
  reply: availabilitySchema,
  errors: ['not_found'],
});

/**
 * Pushed over Socket.IO as `availability` to the room `event:{id}`, at most about ten times a second.
 * A client whose version is not `from` has missed something and fetches the snapshot again.
 */
export interface AvailabilityDelta {
  eventId: string;
  from: number;
  version: number;
  ticketTypes: { id: string; available: number }[];
  /** Seat indexes that have become free, and those that no longer are. */
  freed: number[];
  taken: number[];
}
