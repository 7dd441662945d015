import { z } from 'zod';

/**
 * Every way that Admit says no, once. `status` is the HTTP status; `retryable` says that the very same
 * request may succeed later; `title` is written for the person who must act. Codes are stable: clients
 * match on them, so one is never renamed or given another meaning.
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
    title: 'Your last large request is still being worked on. Wait for its answer, then send the next one.',
  },
  large_requests_busy: {
    status: 503,
    retryable: true,
    title: 'Too many large requests are being worked on right now. Try again in a moment.',
  },
  request_timeout: {
    status: 408,
    retryable: true,
    title: 'The request did not arrive whole in time. Send it again.',
  },
  // Requests that no operation has seen: the connection is closed after the answer.
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
    title: 'The only Expect header that is understood is 100-continue.',
  },
  not_found: { status: 404, retryable: false, title: 'There is nothing here, or it is not yours to see.' },
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    title: 'This Idempotency-Key was already used for a different request.',
  },
  version_mismatch: {
    status: 412,
    retryable: false,
    title: 'Someone changed this in the meantime. Load it again and repeat your change.',
  },
  version_required: {
    status: 428,
    retryable: false,
    title: 'Send the version you are changing in If-Match.',
  },
  // Who is asking
  unauthenticated: { status: 401, retryable: false, title: 'Sign in, or go on as a guest, first.' },
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
    title:
      'This password is one of the first that anybody would try. Choose another, like three words in a row.',
  },
  password_too_personal: {
    status: 422,
    retryable: false,
    title: 'This password is made of your name, your address or ours. Choose one that nobody can derive.',
  },
  email_taken: {
    status: 409,
    retryable: false,
    title: 'An account with this e-mail address exists already. Sign in, or reset the password.',
  },
  email_already_verified: {
    status: 409,
    retryable: false,
    title: 'This e-mail address is verified already.',
  },
  token_invalid: {
    status: 400,
    retryable: false,
    title: 'This link has run out or was used already. Ask for a new one.',
  },
  already_guest: { status: 409, retryable: false, title: 'You are going on as a guest already.' },
  sign_in_to_verify: {
    status: 403,
    retryable: false,
    title:
      'This browser is not signed in to the account. Sign in to confirm the address, or choose a new password.',
  },
  email_not_verified: { status: 403, retryable: false, title: 'Confirm your e-mail address first.' },
  code_wrong: { status: 422, retryable: false, title: 'This code is wrong, or too old.' },
  second_step_over: {
    status: 401,
    retryable: false,
    title: 'The time to enter the code is over, or it was wrong too often. Sign in again.',
  },
  two_factor_on: { status: 409, retryable: false, title: 'The second step is switched on already.' },
  two_factor_off: { status: 409, retryable: false, title: 'The second step is not switched on.' },
  passkey_refused: { status: 422, retryable: false, title: 'This passkey was not accepted.' },
  sign_in_again: {
    status: 403,
    retryable: false,
    title: 'It has been a while since you signed in here. Sign in again to do this.',
  },
  tickets_ahead: {
    status: 409,
    retryable: false,
    title: 'You have tickets for events to come. Say that you know what happens to them.',
  },
  last_owner: {
    status: 409,
    retryable: false,
    title: 'An organisation would be left without an owner. Make someone else an owner first.',
  },
  // Teams and invitations
  owner_must_accept: {
    status: 409,
    retryable: false,
    title: 'Nobody becomes an owner without agreeing. Invite this person as an owner; they must accept.',
  },
  already_member: {
    status: 409,
    retryable: false,
    title: 'This person is on the team already. Change their role in the list of members.',
  },
  already_invited: {
    status: 409,
    retryable: false,
    title: 'This address has an open invitation. Send it again, or withdraw it first.',
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
  invitation_used: { status: 409, retryable: false, title: 'This invitation was accepted already.' },
  invitation_other_address: {
    status: 403,
    retryable: false,
    title: 'This invitation was sent to another e-mail address than that of your account.',
  },
  origin_not_allowed: { status: 403, retryable: false, title: 'This page may not act with your session.' },
  // The server
  rate_limited: { status: 429, retryable: true, title: 'Too many requests. Wait a moment and try again.' },
  busy: {
    status: 503,
    retryable: true,
    title: 'Very many people are buying right now. Try again in a moment.',
  },
  unavailable: {
    status: 503,
    retryable: true,
    title: 'This is not available for the moment. Try again shortly.',
  },
  internal: { status: 500, retryable: true, title: 'Something went wrong on our side.' },
  // Events
  event_not_publishable: {
    status: 409,
    retryable: false,
    title: 'The event lacks something that it needs before it can be published.',
  },
  event_has_sales: {
    status: 409,
    retryable: false,
    title: 'Places of this event are held or sold, so this can no longer be changed.',
  },
  capacity_below_taken: {
    status: 409,
    retryable: false,
    title: 'More places than that are already held or sold.',
  },
  slug_taken: { status: 409, retryable: false, title: 'Another event already has this address.' },
  // Holds
  event_not_on_sale: { status: 409, retryable: false, title: 'This event is not on sale.' },
  sale_not_started: { status: 409, retryable: true, title: 'The sale has not started yet.' },
  sale_ended: { status: 409, retryable: false, title: 'The sale has ended.' },
  sold_out: { status: 409, retryable: true, title: 'There are not enough places left.' },
  seats_taken: { status: 409, retryable: true, title: 'Someone else has taken one of these seats.' },
  limit_reached: {
    status: 409,
    retryable: false,
    title: 'That is more places than one buyer may have for this event.',
  },
  network_limit: {
    status: 409,
    retryable: true,
    title:
      'Many places for this event are being held from your network. Wait until they come free, or sign in with a confirmed e-mail address.',
  },
  hold_again_later: {
    status: 409,
    retryable: true,
    title: 'Your time for these places is over. Choose others, or hold them again later.',
  },
  email_limit_reached: {
    status: 409,
    retryable: false,
    title: 'That is more places than one e-mail address may have for this event.',
  },
  amount_too_large: {
    status: 422,
    retryable: false,
    title: 'These tickets cost more together than one order may.',
  },
  unknown_ticket_type: { status: 422, retryable: false, title: 'This event has no such ticket type.' },
  unknown_seat: { status: 422, retryable: false, title: 'This event has no such seat.' },
  seat_not_of_ticket_type: {
    status: 422,
    retryable: false,
    title: 'This ticket type is not sold for this seat.',
  },
  seat_choice_required: {
    status: 422,
    retryable: false,
    title: 'These tickets have numbered seats: choose seats or ask for the best available.',
  },
  hold_expired: { status: 409, retryable: false, title: 'The time to buy these places has run out.' },
  hold_ended: { status: 409, retryable: false, title: 'These places are no longer held.' },
  unknown_promo_code: { status: 422, retryable: false, title: 'There is no such promo code for this event.' },
  too_many_promo_codes: {
    status: 429,
    retryable: true,
    title: 'Too many promo codes were wrong. Try again in a few minutes.',
  },
  promo_code_ended: { status: 409, retryable: false, title: 'The time of this promo code is over.' },
  promo_code_used_up: {
    status: 409,
    retryable: true,
    title: 'This promo code is not left for so many tickets.',
  },
  already_ordered: {
    status: 409,
    retryable: false,
    title: 'The order is placed already; its price stays as it is.',
  },
  // Orders and payments
  order_not_cancellable: { status: 409, retryable: false, title: 'This order can no longer be cancelled.' },
  refund_not_allowed: {
    status: 409,
    retryable: false,
    title: "The event's refund policy does not allow this any more.",
  },
  attendee_names_required: {
    status: 422,
    retryable: false,
    title: 'The organiser asks who comes: give one name for each place.',
  },
  payment_not_open: { status: 409, retryable: false, title: 'This payment is already finished.' },
  payment_provider_unavailable: {
    status: 503,
    retryable: true,
    title: 'The payment provider does not answer. Your places are still held; try again.',
  },
  webhook_signature_invalid: {
    status: 400,
    retryable: false,
    title: 'The signature of this webhook is missing, wrong or too old.',
  },
  money_review_settled: {
    status: 409,
    retryable: false,
    title: 'This money was dealt with already, in another way.',
  },
  money_review_not_refundable: {
    status: 409,
    retryable: false,
    title:
      'There is no payment here that could be sent back. Write it off, and say in the note what was done.',
  },
  // Tickets and the door
  already_used: { status: 409, retryable: false, title: 'This ticket has already been used.' },
  wrong_event: { status: 409, retryable: false, title: 'This ticket is for another event.' },
  ticket_cancelled: { status: 409, retryable: false, title: 'This ticket was cancelled.' },
  ticket_reissued: { status: 409, retryable: false, title: 'This ticket was replaced by a newer one.' },
  bad_signature: { status: 409, retryable: false, title: 'This code is not one of ours.' },
  unknown_ticket: { status: 409, retryable: false, title: 'No such ticket is known.' },
  ticket_not_admissible: { status: 409, retryable: false, title: 'A cancelled ticket has no code.' },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;

export type ErrorCode = keyof typeof errorTable;

/** The body of every refusal (RFC 9457). problem-members.ts names the members that a code adds to these. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'A URI that names the kind of problem.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    retryable: z.boolean().meta({ description: 'True where the very same request may succeed later.' }),
    requestId: z.string().optional().meta({ description: 'Name it when you ask for help.' }),
    issues: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'With invalid_request: what is wrong, and where.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/**
 * Thrown by commands, mapped to a response in one place (server/http/bind.ts). `members` are added to the
 * problem's body: `detail` for the person, and for the program what problem-members.ts declares for the code.
 */
export class Refused extends Error {
  readonly code: ErrorCode;
  readonly members: Record<string, unknown>;

  constructor(code: ErrorCode, members: Record<string, unknown> & { detail?: string } = {}) {
    // A refusal is an answer, not a fault: nobody reads where it came from, and noting it down takes longer than
    // everything else about it when a sold-out event refuses thousands a second.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(members.detail ?? errorTable[code].title);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Refused';
    this.code = code;
    this.members = members;
  }
}
