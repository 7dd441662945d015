import { z } from 'zod';
import { mostAccessible, mostWithAccessible } from './accessible-seats.ts';
import { idSchema, type SeatMapId, seatIdSchema } from './ids.ts';
import { maxPriceMinor, moneySchema, orderPartsSchema, pricePartsSchema } from './money.ts';
import { guestKeyHeaders, type Operation, operation } from './operation.ts';
import { taxSchema } from './price.ts';
import { collectSchema } from './product-fields.ts';
import { promoCodeFields, promoCodeSchema } from './promo-codes.ts';
import { instantSchema } from './time.ts';

/** The most places in one hold, whatever the event allows. */
export const maxPlacesPerHold = 100;

const quantity = z.int().min(1).max(maxPlacesPerHold);

const chosenPrice = z.int().min(0).max(maxPriceMinor).optional().meta({
  description:
    'Only for a ticket type that is pay what you want: what each ticket shall cost, in minor units. Left out, it is the suggested price, or the price that the hold has already.',
});

/** Places by ticket type, by seat, or both. */
export const namedPlaces = z.strictObject({
  items: z
    .array(z.strictObject({ ticketTypeId: idSchema('ticketType'), quantity, priceMinor: chosenPrice }))
    .min(1)
    .max(20)
    .optional(),
  seats: z
    .array(z.strictObject({ seatId: seatIdSchema, ticketTypeId: z.optional(idSchema('ticketType')) }))
    .min(1)
    .max(maxPlacesPerHold)
    .optional(),
  /** The seat map on the buyer's screen. If the event has a newer one, the answer is `seat_map_changed`. */
  seatMapId: z.optional(idSchema('seatMap')),
});
type NamedPlaces = z.infer<typeof namedPlaces>;

/** True if these are no more places than one hold may have. */
export const fitsOneHold = ({ items = [], seats = [] }: NamedPlaces): boolean =>
  items.reduce((sum, item) => sum + item.quantity, seats.length) <= maxPlacesPerHold;
const tooMany = { message: `one hold has ${maxPlacesPerHold} places at most`, path: ['items'] };

const bestAvailableSchema = z
  .strictObject({
    ticketTypeId: idSchema('ticketType'),
    quantity,
    accessible: z.int().min(1).max(mostAccessible).optional().meta({
      description:
        'How many of `quantity` are wheelchair places. The others are seats for companions: in one row without an aisle between, beside a wheelchair place of the hold or beside another companion.',
    }),
  })
  .refine(({ accessible = 0, quantity: all }) => accessible <= all, {
    message: 'are more places than quantity',
    path: ['accessible'],
  })
  .refine(({ accessible, quantity: all }) => !accessible || all <= mostWithAccessible, {
    message: `is at most ${mostWithAccessible} with wheelchair places`,
    path: ['quantity'],
  });

/**
 * `items` (general admission), `seats` (exactly these) or both, or `bestAvailable` alone. At most 100 places.
 */
export const newHoldSchema = namedPlaces
  .extend({
    bestAvailable: bestAvailableSchema.optional(),
    /** A promo code or voucher, redeemed with the hold. It opens hidden ticket types, and the places that are kept for it. */
    code: z.optional(promoCodeSchema),
  })
  .refine((body) => (body.bestAvailable !== undefined) !== Boolean(body.items ?? body.seats), {
    message: 'give items, seats or both, or give bestAvailable alone',
  })
  .refine(fitsOneHold, tooMany)
  .meta({ id: 'NewHold' });
export type NewHold = z.infer<typeof newHoldSchema>;

/** All places that the hold has afterwards: `items`, `seats` or both. At most 100 places. */
export const chosenPlacesSchema = namedPlaces
  .refine((body) => Boolean(body.items ?? body.seats), { message: 'give items, seats or both' })
  .refine(fitsOneHold, tooMany)
  .meta({ id: 'ChosenPlaces' });
export type ChosenPlaces = z.infer<typeof chosenPlacesSchema>;

export const placeSchema = z.object({ section: z.string(), row: z.string(), seat: z.string() });

export const lineSchema = z
  .object({
    ticketTypeId: idSchema('ticketType'),
    name: z.string(),
    quantity: z.int(),
    /** The whole price of one place. It is frozen when the hold is placed or a promo code is redeemed. */
    unitPrice: moneySchema,
    /** The parts add up to `unitPrice`. */
    unitParts: pricePartsSchema,
    chosenPrice: z.optional(moneySchema).meta({
      description: 'The price that the buyer named, if the ticket type is pay what you want.',
    }),
    step: z
      .string()
      .optional()
      .meta({ description: 'The name of the price step that the places were held at.' }),
    tax: z.optional(taxSchema).meta({ description: 'The tax on the ticket, if there is one.' }),
    promo: z
      .object({ code: promoCodeSchema, fullUnitPrice: moneySchema })
      .optional()
      .meta({ description: 'The promo code that reduced the price, and the price without it.' }),
    seats: z.array(z.object({ seatId: seatIdSchema, ...placeSchema.shape })).optional(),
    collect: z.optional(collectSchema).meta({
      description: 'This is an extra, which admits nobody: how the buyer gets it.',
    }),
    isResale: z.optional(z.literal(true)).meta({
      description: 'This is the ticket of another person, who offers it at the price that they paid.',
    }),
    /** The version of the seat map that the buyer chose from. The names of the seats come from it. */
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
     * Only if the hold has an order: the buyer may begin a payment until then. `expiresAt` is one minute later, so that
     * a payment that is under way at the end of the countdown does not lose its places.
     */
    payBefore: z.optional(instantSchema),
    /**
     * Only in an answer that places the hold or changes its places, and only if true: the caller held some of these
     * places before, and `expiresAt` is the end of the remaining time.
     */
    resumed: z.optional(z.literal(true)),
    /** Only if the hold is for an exchange: the ticket that is exchanged. `total` is the difference in price. */
    exchangeOf: z.optional(idSchema('ticket')),
    /** The server's clock at the answer. A countdown should use it, because the device's clock may be wrong. */
    now: instantSchema,
    lines: z.array(lineSchema),
    /** The booking fee of the order itself, besides those of its tickets. */
    orderFee: moneySchema,
    /** The parts of `total`: net, tax and fee add up to it. */
    parts: orderPartsSchema,
    /** What the buyer pays: all lines and `orderFee`. */
    total: moneySchema,
  })
  .meta({ id: 'Hold' });
export type Hold = z.infer<typeof holdSchema>;

const holdParam = z.object({ holdId: idSchema('hold') });

/** Why places cannot be held, in a new hold or in one that changes its places. */
const placesRefusals = [
  'event_not_on_sale',
  'sale_not_started',
  'sale_ended',
  'sold_out',
  'seats_taken',
  'limit_reached',
  'ticket_needed',
  'extra_limit_reached',
  'too_few_tickets',
  'price_too_low',
  'network_limit',
  'hold_again_later',
  'amount_too_large',
  'unknown_ticket_type',
  'unknown_seat',
  'seat_map_changed',
  'seat_not_of_ticket_type',
  'seat_choice_required',
  'access_code_needed',
] as const;

/** Why a code cannot be redeemed. */
const codeRefusals = [
  'unknown_promo_code',
  'too_many_promo_codes',
  'promo_code_ended',
  'promo_code_used_up',
  'code_not_for_places',
  'promo_code_not_for_these',
] as const;
const codeBudgets = ['promoCodesPerAccount', 'promoCodesPerNetwork', 'promoCodesPerEvent'] as const;

const queueTokenHeaders: NonNullable<Operation['headers']> = {
  'Queue-Token': {
    description:
      'The token of your place in the queue, if the event has a waiting room (`joinQueue`). Without it the server looks the place up.',
  },
};

export const placeHold = operation({
  id: 'placeHold',
  method: 'POST',
  path: '/api/events/{eventId}/holds',
  tag: 'Buy',
  summary: 'Hold places until expiresAt, all or none',
  description:
    'First come, first served. A refusal means that the places were not free at that instant. A request with the same Idempotency-Key gets the same hold. `bestAvailable` prefers neighbours in one row, nearest to the stage first, and takes wheelchair places and companion seats last. With `accessible` it holds so many wheelchair places, with the other places beside them, or answers `accessible_taken` with the wheelchair places that are free (`accessible`) and the most `companions` that fit beside as many as were asked for. The id of a seat never changes its meaning. With `seatMapId` a hold is also refused if the event has a newer seat map than the buyer sees: `seat_map_changed` carries the newer `seatMapId`. `sold_out` carries `available`; `seats_taken` carries `seats`; `limit_reached` carries `limit` and `have`; `network_limit` carries `limit`, `held`, `freeAt` and `retryAfterSeconds`. A caller cannot extend their time by holding the same places again. This rule is about numbered seats and the last places of a ticket type: if the caller has held them before, the new hold gets only the rest of the old time (`resumed`), until the caller has left the places alone for `holdSeconds`. If an event has a waiting room, only people whose turn it is hold places: `not_admitted` carries `reason` and `queue`. A hidden ticket type is held only with a `code` that names it; otherwise the answer is `access_code_needed`. A `code` is redeemed with the hold, and a wrong one costs the same budgets as in `redeemPromoCode`. If almost no time is left, the answer is `hold_again_later` with `freeAt` and `retryAfterSeconds`.',
  access: 'signed-in',
  opensGuest: true,
  headers: { ...guestKeyHeaders, ...queueTokenHeaders },
  params: z.object({ eventId: idSchema('event') }),
  body: newHoldSchema,
  rateLimit: { max: 30, seconds: 10 },
  status: 201,
  reply: holdSchema,
  budgets: [...codeBudgets],
  errors: [...placesRefusals, ...codeRefusals, 'accessible_taken', 'not_admitted', 'busy'],
  example: { body: { items: [{ ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 2 }] } },
});

export const listOwnHolds = operation({
  id: 'listOwnHolds',
  method: 'GET',
  path: '/api/events/{eventId}/holds',
  tag: 'Buy',
  summary: 'List your own active holds of an event, from any device',
  description:
    'The hold whose time ends last comes first. An event without a hold of yours has an empty list.',
  access: 'signed-in',
  params: z.object({ eventId: idSchema('event') }),
  rateLimit: { max: 60, seconds: 60 },
  status: 200,
  reply: z.object({ items: z.array(holdSchema) }),
  errors: ['not_found'],
});

export const getHold = operation({
  id: 'getHold',
  method: 'GET',
  path: '/api/holds/{holdId}',
  tag: 'Buy',
  summary: 'Read one of your holds',
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
  summary: 'Release a hold; its places are free at once',
  description:
    'It is no error to release a hold that has expired or was released before. A hold that was bought is refused.',
  access: 'holder',
  params: holdParam,
  status: 204,
  reply: null,
  errors: ['hold_ended', 'busy'],
});

export const changePlaces = operation({
  id: 'changePlaces',
  method: 'PUT',
  path: '/api/holds/{holdId}/places',
  tag: 'Buy',
  summary: 'Change the places of a hold, all or none',
  description:
    'The body names all places that the hold has afterwards. The hold keeps the places that it has already, takes the others, and gives back what the body does not name. If one of the new places cannot be held, the answer is a refusal and the hold is unchanged. The hold keeps its id and its `expiresAt`; a change never extends it. If the caller has held one of the new places before, `expiresAt` may become earlier (`resumed`), as in a new hold. A ticket type that the hold has already keeps its price. A promo code stays redeemed. The refusals about limits, sale times and new places are those of placing a hold, and they concern only what the change adds: giving places back is always possible. After the order is placed, the answer is `already_ordered`. A request with the same body changes nothing more.',
  access: 'holder',
  params: holdParam,
  body: chosenPlacesSchema,
  rateLimit: { max: 30, seconds: 10 },
  status: 200,
  reply: holdSchema,
  errors: [
    'hold_expired',
    'hold_ended',
    'already_ordered',
    'places_fixed',
    ...placesRefusals,
    'unknown_promo_code',
    'promo_code_ended',
    'promo_code_used_up',
    'code_not_for_places',
    'promo_code_not_for_these',
    'busy',
  ],
  example: { body: { items: [{ ticketTypeId: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', quantity: 3 }] } },
});

export const redeemPromoCode = operation({
  id: 'redeemPromoCode',
  method: 'PUT',
  path: '/api/holds/{holdId}/promo-code',
  tag: 'Buy',
  summary: 'Redeem a promo code for the tickets of a hold',
  description:
    'The code replaces a code that was redeemed before. Upper and lower case are the same. While the tickets are held, they count against the uses of the code; `promo_code_used_up` carries `available`. Redeeming the same code again changes nothing. An order that is not free costs at least the smallest card payment (EUR 0.50). If a code would leave less, it takes off less. A wrong code costs the budgets of the caller, their network and the event much more than a right one (docs/limits.md). When a budget is spent, the answer is `too_many_promo_codes`.',
  access: 'holder',
  params: holdParam,
  body: z.strictObject(promoCodeFields.shape),
  rateLimit: { max: 20, seconds: 60 },
  budgets: [...codeBudgets],
  status: 200,
  reply: holdSchema,
  errors: [
    ...codeRefusals,
    'access_code_needed',
    'code_keeps_places',
    'hold_expired',
    'hold_ended',
    'already_ordered',
    'places_fixed',
    'busy',
  ],
  example: { body: { code: 'SUMMER-27' } },
});

export const removePromoCode = operation({
  id: 'removePromoCode',
  method: 'DELETE',
  path: '/api/holds/{holdId}/promo-code',
  tag: 'Buy',
  summary: 'Remove the promo code from a hold',
  access: 'holder',
  params: holdParam,
  status: 200,
  reply: holdSchema,
  errors: [
    'hold_expired',
    'hold_ended',
    'already_ordered',
    'places_fixed',
    'access_code_needed',
    'code_keeps_places',
    'busy',
  ],
});

export const availabilitySchema = z
  .object({
    /** Grows with every change of the event's places. */
    version: z.int(),
    ticketTypes: z.array(
      z.object({
        id: idSchema('ticketType'),
        available: z.int(),
        steps: z.array(z.nullable(z.int())).optional().meta({
          description:
            'Only for a ticket type with price steps: how many tickets each step can still sell, in their order. null: their number does not end it.',
        }),
      }),
    ),
    /**
     * One bit per seat, in base64. The seat whose id ends in `_i` is bit (i mod 8) of byte floor(i / 8), the lowest bit
     * first; 1 means free. Absent if the event has no numbered seats.
     */
    seats: z.string().optional(),
    /** The current version of the seat map. A page that shows an older version should load this one. */
    seatMapId: z.optional(idSchema('seatMap')),
  })
  .meta({ id: 'Availability' });
export type Availability = z.infer<typeof availabilitySchema>;

export const getAvailability = operation({
  id: 'getAvailability',
  method: 'GET',
  path: '/api/events/{eventId}/availability',
  tag: 'Events',
  summary: 'Read which places are free now',
  access: 'public',
  params: z.object({ eventId: z.string().min(1).max(120) }),
  status: 200,
  etag: 'content',
  reply: availabilitySchema,
  errors: ['not_found'],
});

/**
 * The server pushes it over Socket.IO as `availability` to the room `event:{id}`, at most about ten times a second.
 * A client whose version is not `from` has missed a message and must fetch the snapshot again.
 */
export interface AvailabilityDelta {
  eventId: string;
  from: number;
  version: number;
  ticketTypes: { id: string; available: number; steps?: (number | null)[] }[];
  /** The current version of the seat map; null without numbered seats. A page with another version loads this one. */
  seatMapId: SeatMapId | null;
  /** Indexes of the seats that became free, and of the seats that became taken. */
  freed: number[];
  taken: number[];
}
