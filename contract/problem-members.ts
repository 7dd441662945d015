import { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { instantSchema } from './time.ts';

const wait = { retryAfterSeconds: z.int().min(1) };
const count = z.int().min(0);

/**
 * What a refusal tells a program besides `title` and `detail`, by its code. The description of the API names these
 * members, and in tests a refusal that says anything else is a failure.
 */
export const problemMembers = {
  rate_limited: z.object(wait),
  large_request_pending: z.object(wait),
  large_requests_busy: z.object(wait),
  amount_too_large: z.object({ limit: z.object({ amount: count, currency: currencySchema }) }),
  busy: z.object(wait).partial(),
  unavailable: z.object(wait).partial(),
  payment_provider_unavailable: z.object(wait).partial(),
  version_mismatch: z
    .object({ version: z.int().min(1).meta({ description: 'The present version.' }) })
    .partial(),
  tickets_ahead: z.object({ ticketsAhead: count }),
  event_not_publishable: z.object({
    missing: z.array(z.string()).meta({ description: 'What the event lacks, in words.' }),
  }),
  event_has_sales: z
    .object({
      seats: z
        .array(placeSchema)
        .meta({ description: 'Up to 100 held or sold seats that the new seat map does not have.' }),
    })
    .partial(),
  capacity_below_taken: z.object({
    pool: z.string().meta({ description: "The pool's key." }),
    taken: count.meta({ description: 'Places that are held or sold.' }),
  }),
  sale_not_started: z.object({ saleStartsAt: instantSchema }),
  sold_out: z.object({
    available: count.meta({ description: 'Places that are free now.' }),
    ticketTypeId: z.optional(idSchema('ticketType')),
  }),
  seats_taken: z.object({
    seats: z.array(z.string()).meta({ description: 'The ids of the seats that are taken.' }),
  }),
  limit_reached: z.object({
    limit: count.meta({ description: 'Places that one buyer may have.' }),
    have: count.meta({ description: 'Places that the caller has already.' }),
  }),
  network_limit: z.object({
    limit: count.meta({ description: 'Places that such buyers of one network may hold at once.' }),
    held: count.meta({ description: 'Places that they hold now.' }),
    /** When the first of these places comes free, at the latest. */
    freeAt: instantSchema,
    ...wait,
  }),
  hold_again_later: z.object({
    /** From when the same places may be held for the full time. */
    freeAt: instantSchema,
    ...wait,
  }),
  email_limit_reached: z.object({
    limit: count.meta({ description: 'Places that one e-mail address may have.' }),
    have: count.meta({ description: 'Places that are ordered or bought with it already.' }),
  }),
  unknown_ticket_type: z.object({ ticketTypeId: z.string() }).partial(),
  unknown_seat: z.object({ seatId: z.string() }).partial(),
  seat_map_changed: z.object({ seatMapId: idSchema('seatMap') }),
  seat_not_of_ticket_type: z.object({ seatId: z.string() }),
  seat_choice_required: z.object({ ticketTypeId: idSchema('ticketType') }),
  too_many_promo_codes: z.object(wait),
  promo_code_ended: z.object({ validUntil: instantSchema }),
  promo_code_used_up: z.object({
    available: count.meta({ description: 'Tickets that the code is still good for.' }),
  }),
  ticket_not_of_order: z.object({
    tickets: z.array(idSchema('ticket')).meta({ description: 'The ids that name no ticket of this order.' }),
  }),
  ticket_not_cancellable: z.object({
    tickets: z
      .array(z.object({ id: idSchema('ticket'), status: z.enum(['used', 'cancelled']) }))
      .meta({ description: 'The tickets that can not be cancelled, and what became of them.' }),
  }),
  money_review_settled: z.object({ settledAs: z.enum(['refund', 'write_off']) }),
  already_used: z.object({
    usedAt: instantSchema,
    gate: z.string().nullable(),
    by: z.string().meta({ description: 'Who scanned it first.' }),
  }),
} satisfies Partial<Record<ErrorCode, z.ZodObject>>;
