import { z } from 'zod';
import { bankErrors } from './bank-errors.ts';
import { codeRefusals } from './code-refusals.ts';
import { deskErrors } from './desk-errors.ts';
import { integrationErrors } from './integration-errors.ts';
import { messageErrors } from './message-errors.ts';
import { moderationErrors } from './moderation-errors.ts';
import { passErrors } from './pass-errors.ts';
import { priceRefusals } from './price-refusals.ts';
import { productErrors } from './product-errors.ts';
import { queueRefusals } from './queue-refusals.ts';
import { ticketErrors } from './ticket-errors.ts';
import { waitlistRefusals } from './waitlist-refusals.ts';

/**
 * Every refusal of Admit. `status` is the HTTP status. `retryable` says that the same request may succeed later.
 * `title` is written for the person who must act. Codes are stable, because clients match on them: a code is never
 * renamed and never gets another meaning.
 */
export const errorTable = {
  // The request itself
  invalid_request: { status: 400, retryable: false, title: 'Something in the request is missing or wrong.' },
  malformed_json: { status: 400, retryable: false, title: 'The request body is not valid JSON.' },
  unsupported_media_type: { status: 415, retryable: false, title: 'Send the body as application/json.' },
  payload_too_large: {
    status: 413,
    retryable: false,
    title: 'The request is larger than this operation accepts.',
  },
  large_request_pending: {
    status: 429,
    retryable: true,
    title: 'The server is still working on your last large request. Wait for its answer, then go on.',
  },
  large_requests_busy: {
    status: 503,
    retryable: true,
    title: 'The server is working on as many large requests as it can. Try again in a moment.',
  },
  request_timeout: {
    status: 408,
    retryable: true,
    title: 'The request took too long to arrive. Send it again.',
  },
  // The server refuses these requests before it chooses an operation, and then closes the connection.
  malformed_http: { status: 400, retryable: false, title: 'This is not a valid HTTP request.' },
  uri_too_long: { status: 414, retryable: false, title: 'The address of this request is too long.' },
  headers_too_large: {
    status: 431,
    retryable: false,
    title: 'The headers of this request are too large. Delete the cookies of this site and try again.',
  },
  expectation_failed: {
    status: 417,
    retryable: false,
    title: 'The server understands only one Expect header: 100-continue.',
  },
  not_found: { status: 404, retryable: false, title: 'This does not exist, or you have no access to it.' },
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    title: 'This Idempotency-Key was already used for a different request.',
  },
  version_mismatch: {
    status: 412,
    retryable: false,
    title: 'Somebody else has changed this since you loaded it. Load it again and repeat your change.',
  },
  version_required: {
    status: 428,
    retryable: false,
    title: 'Send the version that you want to change in the If-Match header.',
  },
  // Who is asking
  unauthenticated: { status: 401, retryable: false, title: 'Sign in or continue as a guest first.' },
  forbidden: { status: 403, retryable: false, title: 'Your role does not allow this.' },
  suspended: { status: 403, retryable: false, title: 'This account is suspended.' },
  invalid_credentials: {
    status: 401,
    retryable: false,
    title: 'The e-mail address or the password is wrong.',
  },
  wrong_password: { status: 422, retryable: false, title: 'The current password is wrong.' },
  password_too_common: {
    status: 422,
    retryable: false,
    title: 'This password is too easy to guess. Choose another one, for example three unrelated words.',
  },
  password_too_personal: {
    status: 422,
    retryable: false,
    title:
      'This password contains your name, your e-mail address or the name of this site. Choose one that nobody can guess from them.',
  },
  email_taken: {
    status: 409,
    retryable: false,
    title: 'An account with this e-mail address already exists. Sign in or reset the password.',
  },
  email_already_verified: {
    status: 409,
    retryable: false,
    title: 'This e-mail address is already confirmed.',
  },
  token_invalid: {
    status: 400,
    retryable: false,
    title: 'This link has expired or was already used. Ask for a new one.',
  },
  already_guest: { status: 409, retryable: false, title: 'You are already signed in as a guest.' },
  order_link_invalid: {
    status: 404,
    retryable: false,
    title: 'This link to the order does not work any more. Ask for a new one with the order number.',
  },
  order_address_fixed: {
    status: 409,
    retryable: false,
    title: 'A ticket was used or the order has ended, so its address can no longer be changed.',
  },
  guest_key_ended: {
    status: 409,
    retryable: false,
    title: 'This guest key has ended. Make a new one and send the request again.',
  },
  sign_in_to_verify: {
    status: 403,
    retryable: false,
    title:
      'This browser is not signed in to the account. Sign in to confirm the address, or choose a new password.',
  },
  email_not_verified: { status: 403, retryable: false, title: 'Confirm your e-mail address first.' },
  code_wrong: { status: 422, retryable: false, title: 'This code is wrong or has expired.' },
  second_step_over: {
    status: 401,
    retryable: false,
    title: 'You took too long to enter the code, or entered a wrong code too often. Sign in again.',
  },
  two_factor_on: { status: 409, retryable: false, title: 'Two-factor authentication is already on.' },
  two_factor_off: { status: 409, retryable: false, title: 'Two-factor authentication is off.' },
  passkey_refused: { status: 422, retryable: false, title: 'The server did not accept this passkey.' },
  sign_in_again: {
    status: 403,
    retryable: false,
    title: 'You signed in a while ago. Sign in again to do this.',
  },
  tickets_ahead: {
    status: 409,
    retryable: false,
    title: 'You still have tickets for upcoming events. Confirm that you know what happens to them.',
  },
  last_owner: {
    status: 409,
    retryable: false,
    title: 'You are the only owner of an organisation. Make somebody else an owner first.',
  },
  // Teams and invitations
  owner_must_accept: {
    status: 409,
    retryable: false,
    title: 'An owner must agree first. Invite this person as an owner and let them accept.',
  },
  already_member: {
    status: 409,
    retryable: false,
    title: 'This person is already on the team. Change their role in the list of members.',
  },
  already_invited: {
    status: 409,
    retryable: false,
    title: 'This address already has an open invitation. Send it again or withdraw it first.',
  },
  invitation_declined: { status: 409, retryable: false, title: 'This invitation was declined.' },
  invitation_withdrawn: {
    status: 409,
    retryable: false,
    title: 'This invitation was withdrawn. Ask the organisation for a new one.',
  },
  invitation_expired: {
    status: 409,
    retryable: false,
    title: 'This invitation has expired. Ask the organisation to send it again.',
  },
  invitation_used: { status: 409, retryable: false, title: 'This invitation was already accepted.' },
  invitation_other_address: {
    status: 403,
    retryable: false,
    title: 'This invitation was sent to a different e-mail address than the one of your account.',
  },
  origin_not_allowed: { status: 403, retryable: false, title: 'Requests from this website are not allowed.' },
  // The server
  rate_limited: { status: 429, retryable: true, title: 'Too many requests. Wait a moment and try again.' },
  busy: {
    status: 503,
    retryable: true,
    title: 'Too many people are buying right now. Try again in a moment.',
  },
  unavailable: {
    status: 503,
    retryable: true,
    title: 'The service is not available at the moment. Try again shortly.',
  },
  internal: { status: 500, retryable: true, title: 'Something went wrong on our side.' },
  // Events
  event_not_publishable: {
    status: 409,
    retryable: false,
    title: 'The event is incomplete and cannot be published yet.',
  },
  event_cancelled: { status: 409, retryable: false, title: 'This event was cancelled for good.' },
  event_not_cancellable: { status: 409, retryable: false, title: 'A draft cannot be cancelled.' },
  event_has_sales: {
    status: 409,
    retryable: false,
    title: 'This can no longer be changed, because places of this event are held or sold.',
  },
  capacity_below_taken: {
    status: 409,
    retryable: false,
    title: 'More places than this are already held or sold.',
  },
  slug_taken: { status: 409, retryable: false, title: 'Another event already has this address.' },
  // Holds
  event_not_on_sale: { status: 409, retryable: false, title: 'This event is not on sale.' },
  sale_not_started: { status: 409, retryable: true, title: 'The sale has not started yet.' },
  sale_ended: { status: 409, retryable: false, title: 'The sale has ended.' },
  ...priceRefusals,
  ...waitlistRefusals,
  ...queueRefusals,
  ...productErrors,
  seats_taken: { status: 409, retryable: true, title: 'Someone else has taken one of these seats.' },
  limit_reached: {
    status: 409,
    retryable: false,
    title: 'This is more than one buyer may have for this event.',
  },
  network_limit: {
    status: 409,
    retryable: true,
    title:
      'Your network already holds many places for this event. Wait until they are free again, or sign in with a confirmed e-mail address.',
  },
  hold_again_later: {
    status: 409,
    retryable: true,
    title: 'Your time for these places is over. Choose other places, or try these again later.',
  },
  email_limit_reached: {
    status: 409,
    retryable: false,
    title: 'This is more than one e-mail address may have for this event.',
  },
  amount_too_large: {
    status: 422,
    retryable: false,
    title: 'The total of these tickets is higher than one order may be.',
  },
  unknown_ticket_type: { status: 422, retryable: false, title: 'This event has no such ticket type.' },
  unknown_event: { status: 422, retryable: false, title: 'This organisation has no such event.' },
  unknown_seat: { status: 422, retryable: false, title: 'This event has no such seat.' },
  seat_map_changed: {
    status: 409,
    retryable: false,
    title: 'The seat map of this event has changed. Look at the new one and choose again.',
  },
  seat_not_of_ticket_type: {
    status: 422,
    retryable: false,
    title: 'This seat is not sold with this ticket type.',
  },
  seat_choice_required: {
    status: 422,
    retryable: false,
    title: 'These tickets have numbered seats. Choose seats or ask for the best available ones.',
  },
  hold_expired: { status: 409, retryable: false, title: 'The time to buy these places has run out.' },
  hold_ended: { status: 409, retryable: false, title: 'These places are no longer held.' },
  ...codeRefusals,
  ...passErrors,
  already_ordered: {
    status: 409,
    retryable: false,
    title: 'You have already placed this order, so its tickets and its price cannot change.',
  },
  ...moderationErrors,
  // Orders and payments
  order_not_cancellable: { status: 409, retryable: false, title: 'This order can no longer be cancelled.' },
  ticket_not_of_order: { status: 422, retryable: false, title: 'This order has no such ticket.' },
  ticket_not_cancellable: {
    status: 409,
    retryable: false,
    title: 'A ticket that was used or cancelled before can not be cancelled.',
  },
  refund_not_allowed: {
    status: 409,
    retryable: false,
    title: 'The refund policy of this event no longer allows this.',
  },
  order_not_refundable: {
    status: 409,
    retryable: false,
    title: 'There is nothing to refund or cancel in this order.',
  },
  order_disputed: {
    status: 409,
    retryable: false,
    title: "The buyer's bank has disputed this payment, so its money cannot be refunded.",
  },
  refund_exceeds_paid: {
    status: 409,
    retryable: false,
    title: 'This is more than is left of what was paid.',
  },
  refund_lower: {
    status: 409,
    retryable: false,
    title: 'Less would go back now than the refund that you agreed to. Nothing was cancelled.',
  },
  attendee_names_required: {
    status: 422,
    retryable: false,
    title: 'The organiser asks for the name of each guest. Give one name per ticket.',
  },
  payment_not_open: { status: 409, retryable: false, title: 'This payment is already completed or closed.' },
  payment_provider_unavailable: {
    status: 503,
    retryable: true,
    title: 'The payment provider does not answer. Your places are still held. Try again.',
  },
  webhook_signature_invalid: {
    status: 400,
    retryable: false,
    title: 'The signature of this webhook is missing, wrong or expired.',
  },
  money_review_settled: { status: 409, retryable: false, title: 'Somebody has already settled this money.' },
  money_review_not_refundable: {
    status: 409,
    retryable: false,
    title: 'This entry has no payment that could be refunded. Write it off and say in the note what you did.',
  },
  nothing_to_invoice: {
    status: 409,
    retryable: false,
    title: 'This order has no amount left for an invoice: it was free, never paid, or refunded in full.',
  },
  too_many_corrections: {
    status: 409,
    retryable: false,
    title: 'The address of this invoice was corrected too often. Ask the organiser for help.',
  },
  ...integrationErrors,
  ...bankErrors,
  ...deskErrors,
  ...messageErrors,
  ...ticketErrors,
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;

export type ErrorCode = keyof typeof errorTable;

/** The body of every refusal (RFC 9457). problem-members.ts declares the further members of each code. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'A URI that names the kind of problem.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    retryable: z.boolean().meta({ description: 'True if the same request may succeed later.' }),
    requestId: z.string().optional().meta({ description: 'Quote it when you ask for help.' }),
    issues: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'With invalid_request: what is wrong, and where.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/** Only V8 has this setting. Other engines ignore it. */
const traced = Error as { stackTraceLimit?: number | undefined };

/**
 * Commands throw it, and server/http/bind.ts turns it into a response. `members` are added to the body of the
 * problem: `detail` for the person, and for programs the members that problem-members.ts declares for the code.
 */
export class Refused extends Error {
  readonly code: ErrorCode;
  readonly members: Record<string, unknown>;

  constructor(code: ErrorCode, members: Record<string, unknown> & { detail?: string } = {}) {
    // A refusal is an answer and not a fault, so nobody reads its stack trace. Recording the trace takes longer than
    // the rest of a refusal, and a sold-out event refuses thousands of requests a second.
    const { stackTraceLimit } = traced;
    traced.stackTraceLimit = 0;
    super(members.detail ?? errorTable[code].title);
    traced.stackTraceLimit = stackTraceLimit;
    this.name = 'Refused';
    this.code = code;
    this.members = members;
  }
}
