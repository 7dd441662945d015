import { z } from 'zod';
import { answerFaults } from './answers.ts';
import { apiKeyScopes } from './api-key-scopes.ts';
import { doorEndReasons } from './door-end.ts';
import type { ErrorCode } from './errors.ts';
import { ruleFaults } from './event-dates.ts';
import { gapSchema } from './event-preparation.ts';
import { placeSchema } from './holds.ts';
import { idSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { pictureFaults } from './pictures.ts';
import { notAdmittedReasons, proofReasons } from './queue-refusals.ts';
import { statementFaults } from './statement-fields.ts';
import { instantSchema } from './time.ts';

const wait = { retryAfterSeconds: z.int().min(1) };
const count = z.int().min(0);
const usedBefore = z.object({
  usedAt: instantSchema,
  gate: z.string().nullable(),
  by: z
    .optional(z.string())
    .meta({ description: 'Who scanned it first. A device of a link sees it if its link sees names.' }),
});
const money = z.object({ amount: count, currency: currencySchema });

/**
 * The members that a refusal has for programs besides `title` and `detail`, by its code. The API's description names
 * them. In tests, a refusal with any other member fails the test.
 */
export const problemMembers = {
  rate_limited: z.object(wait),
  large_request_pending: z.object(wait),
  large_requests_busy: z.object(wait),
  amount_too_large: z.object({ limit: money }),
  busy: z.object(wait).partial(),
  unavailable: z.object(wait).partial(),
  payment_provider_unavailable: z.object(wait).partial(),
  version_mismatch: z
    .object({ version: z.int().min(1).meta({ description: 'The current version.' }) })
    .partial(),
  picture_refused: z.object({ fault: z.enum(pictureFaults) }),
  pictures_busy: z.object(wait).partial(),
  pictures_unavailable: z.object(wait).partial(),
  tickets_ahead: z.object({ ticketsAhead: count }),
  event_not_publishable: z.object({
    missing: z.array(z.string()).meta({ description: 'What the event lacks, in words.' }),
    gaps: z.array(gapSchema).meta({ description: 'The same as codes, with the step that asks for it.' }),
  }),
  date_rule_refused: z.object({
    fault: z.enum(ruleFaults),
    part: z.nullable(z.string()).meta({ description: 'The part of the rule, `BYDAY`.' }),
  }),
  too_many_dates: z.object({
    most: count.meta({ description: 'How many dates one request can make of this event.' }),
  }),
  event_cancelled: z.object({ cancelledAt: instantSchema, refund: z.enum(['full', 'none']) }).partial(),
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
  pass_date_full: z.object({
    eventId: idSchema('event'),
    available: count.meta({ description: 'Places that are free there for the pass.' }),
  }),
  pass_date_unfit: z.object({
    eventId: idSchema('event'),
  }),
  sale_not_started: z.object({ saleStartsAt: instantSchema }),
  sold_out: z.object({
    available: count.meta({ description: 'Places that are free now.' }),
    ticketTypeId: z.optional(idSchema('ticketType')),
    kept: z.optional(count).meta({ description: 'Free places that are kept for people in the waitlist.' }),
  }),
  not_admitted: z.object({
    reason: z
      .enum(notAdmittedReasons)
      .meta({ description: 'What is wrong with the token, or why it is not the caller’s turn.' }),
    queue: z.string().meta({ description: 'The path of the queue.' }),
  }),
  proof_required: z.object({
    reason: z.enum(proofReasons).meta({
      description:
        'There is no proof, or what is wrong with it. `too_easy`: more people of the network have joined since the challenge was given.',
    }),
    challenge: z.string().meta({ description: 'The path of a new challenge.' }),
  }),
  queue_network_limit: z.object(wait),
  places_available: z.object({ available: count.meta({ description: 'Places that are on sale now.' }) }),
  already_waiting: z.object({ entryId: idSchema('waitlistEntry') }),
  party_too_large: z.object({ limit: count.meta({ description: 'The capacity for this ticket type.' }) }),
  waitlist_network_limit: z.object({
    limit: count.meta({ description: 'Places that these buyers of one network may wait for at once.' }),
    waiting: count.meta({ description: 'Places that they wait for now.' }),
  }),
  seats_taken: z.object({
    seats: z.array(z.string()).meta({ description: 'The ids of the seats that are taken.' }),
  }),
  accessible_taken: z.object({
    accessible: count.meta({ description: 'Wheelchair places of the ticket type that are free now.' }),
    companions: count.meta({
      description:
        'Companions who fit beside as many wheelchair places as were asked for; 0 if there are fewer.',
    }),
  }),
  limit_reached: z.object({
    limit: count.meta({ description: 'Places that one buyer may have.' }),
    have: count.meta({ description: 'Places that the caller has already.' }),
  }),
  ticket_needed: z.object({ ticketTypeId: idSchema('ticketType') }),
  extra_limit_reached: z.object({
    ticketTypeId: idSchema('ticketType'),
    limit: count.meta({ description: 'How many of the product this buyer may have.' }),
    have: count.meta({ description: 'How many the caller has already, in other orders.' }),
  }),
  too_few_tickets: z.object({
    ticketTypeId: idSchema('ticketType'),
    minimum: count.meta({ description: 'The smallest number of these tickets in one order.' }),
  }),
  price_too_low: z.object({
    ticketTypeId: idSchema('ticketType'),
    least: money.meta({
      description: 'The lowest price that a buyer may name, besides 0 if that is allowed.',
    }),
  }),
  network_limit: z.object({
    limit: count.meta({ description: 'Places that these buyers of one network may hold at once.' }),
    held: count.meta({ description: 'Places that these buyers hold now.' }),
    /** The latest time at which the first of these places becomes free. */
    freeAt: instantSchema,
    ...wait,
  }),
  too_many_unpaid: z.object({
    of: z.enum(['buyer', 'network', 'event']).meta({ description: 'Whose limit it is.' }),
    limit: count.meta({ description: 'Places that may wait for money at once.' }),
    have: count.meta({ description: 'Places that wait now.' }),
  }),
  statement_refused: z.object({
    fault: z.enum(statementFaults),
    row: z.nullable(count).meta({ description: 'The line of the file; null if the whole file is wrong.' }),
  }),
  hold_again_later: z.object({
    /** From then on the caller may hold the same places for the full time. */
    freeAt: instantSchema,
    ...wait,
  }),
  email_limit_reached: z.object({
    limit: count.meta({ description: 'Places that one e-mail address may have.' }),
    have: count.meta({ description: 'Places that this address has ordered or bought already.' }),
  }),
  answers_refused: z.object({
    faults: z.array(
      z.object({
        path: z.string().meta({ description: 'Where in the request: `answers.tickets.0.diet`.' }),
        reason: z.enum(answerFaults),
      }),
    ),
  }),
  unknown_ticket_type: z.object({ ticketTypeId: z.string() }).partial(),
  checkpoint_in_use: z.object({
    links: z.array(idSchema('doorLink')).meta({ description: 'The valid links, at most 20.' }),
  }),
  unknown_event: z.object({
    events: z
      .array(idSchema('event'))
      .meta({ description: 'The ids that are not events of this organisation.' }),
  }),
  unknown_seat: z.object({ seatId: z.string() }).partial(),
  amount_differs: z.object({ total: money }),
  seat_map_changed: z.object({ seatMapId: idSchema('seatMap') }),
  seat_not_of_ticket_type: z.object({ seatId: z.string() }),
  seat_choice_required: z.object({ ticketTypeId: idSchema('ticketType') }),
  too_many_promo_codes: z.object(wait),
  too_many_gift_card_codes: z.object(wait),
  too_many_attempts: z.object(wait),
  access_code_needed: z.object({ ticketTypeId: idSchema('ticketType') }),
  code_taken: z.object({
    codes: z.array(z.string()).meta({ description: 'The first 20 of the codes that exist already.' }),
  }),
  too_many_codes: z.object({
    limit: count.meta({ description: 'How many codes an event may have.' }),
    have: count.meta({ description: 'How many it has.' }),
  }),
  promo_code_ended: z.object({ validUntil: instantSchema }),
  promo_code_used_up: z.object({
    available: count.meta({ description: 'Tickets that can still be bought with this code.' }),
  }),
  ticket_not_of_order: z.object({
    tickets: z.array(idSchema('ticket')).meta({ description: 'The ids that are not tickets of this order.' }),
  }),
  ticket_not_cancellable: z.object({
    tickets: z
      .array(z.object({ id: idSchema('ticket'), status: z.enum(['used', 'cancelled']) }))
      .meta({ description: 'The tickets that cannot be cancelled, and their states.' }),
  }),
  order_disputed: z.object({
    /** What the bank has taken, or asks for. */
    disputed: z.object({ amount: count, currency: currencySchema }),
  }),
  refund_exceeds_paid: z.object({
    /** What has not been refunded yet, and so can be. */
    left: money,
  }),
  refund_lower: z
    .object({ refund: money, fee: money, until: instantSchema })
    .meta({ description: 'The present quote.' }),
  too_many_corrections: z.object({
    limit: count.meta({ description: 'How many times an invoice may be corrected.' }),
  }),
  payout_changed: z.object({ due: money }),
  order_review_decided: z.object({ decidedAs: z.enum(['confirmed', 'refunded', 'ended']) }),
  money_review_settled: z.object({ settledAs: z.enum(['refund', 'write_off']) }),
  resale_in_payment: z.object({
    /** When their time to pay is over. */
    until: instantSchema,
  }),
  resale_too_cheap: z.object({
    price: money,
    least: money.meta({ description: 'The smallest amount that a card can pay.' }),
  }),
  exchange_refund_not_allowed: z.object({
    back: money.meta({ description: 'How much cheaper the new place is.' }),
    most: money.meta({ description: 'What the refund policy would give back now.' }),
  }),
  missing_scope: z.object({ scope: z.enum(apiKeyScopes) }),
  door_link_ended: z.object({
    reason: z.enum(doorEndReasons),
    endedAt: instantSchema,
  }),
  already_used: usedBefore,
  already_inside: usedBefore,
  handout_used: usedBefore,
} satisfies Partial<Record<ErrorCode, z.ZodObject>>;
