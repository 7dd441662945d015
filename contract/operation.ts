import type { z } from 'zod';
import type { Act } from './acts.ts';
import { authRoot } from './addresses.ts';
import { scopeOf } from './api-key-scopes.ts';
import type { BudgetName } from './budgets.ts';
import type { ErrorCode } from './errors.ts';
import type { Capability } from './team-roles.ts';

/**
 * Who may call an operation. The server enforces it in one place, the documentation prints it, and a
 * test calls every operation with every kind of caller.
 *
 * public: anyone · signed-in: any account, guests too · holder: a signed-in caller, for their own hold, order or
 * ticket · team: a member of the organisation (of the event or order) whose role has the capability that the operation
 * `needs` · holder-or-team: the holder, or such a member · door: such a member of the event's team, or a device of a door
 * link that covers the event (door-links.ts) · admin: admins of the platform · signature: a signature covers the body ·
 * secret: the caller knows the secret of the resource.
 */
export type Access =
  | 'public'
  | 'signed-in'
  | 'holder'
  | 'holder-or-team'
  | 'team'
  | 'door'
  | 'admin'
  | 'signature'
  | 'secret';

type Schema = z.ZodType;
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type Path = `/${string}`;
type FileType =
  | 'image/svg+xml'
  | 'application/pdf'
  | 'text/calendar'
  | 'application/vnd.admit.door-manifest'
  | 'application/vnd.apple.pkpass'
  | '*/*';

export interface Operation<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Reply extends Schema = Schema,
  Who extends Access = Access,
  How extends Method = Method,
  Where extends Path = Path,
  Codes extends ErrorCode = ErrorCode,
  Versioned extends boolean = boolean,
  File extends FileType = FileType,
> {
  id: string;
  method: How;
  /** With parameters in braces: `/api/events/{eventId}`. */
  path: Where;
  tag: string;
  summary: string;
  description?: string;
  access: Who;
  /** The capability that a member of the team needs (team-roles.ts). Every operation for a team or the door has one. */
  needs?: Capability;
  /**
   * The operation is about a whole organisation, and answers a member of some events only with things of these events.
   * Any other operation about an organisation refuses such a member.
   */
  ofMembersEvents?: true;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The media types of a body that is a file and not JSON. */
  bytes?: readonly string[];
  /** The request names the version that it changes in `If-Match`. */
  ifMatch?: Versioned;
  /**
   * A device whose door link has ended may call the operation too. The command decides what counts of what the device did
   * before and after the end. Such a device has this rate limit instead of `rateLimit`. Only with `access: 'door'`.
   */
  takesEndedDevices?: { max: number; seconds: number };
  /** See isRepeatable. */
  repeatable?: false;
  /**
   * The operation signs a caller without a session in as the guest of their guest key (guest-key.ts). Only with `access:
   * 'signed-in'`.
   */
  opensGuest?: true;
  /** Other request headers that the operation reads. `description` says what the header does. */
  headers?: Record<string, { description: string; required?: boolean; example?: string }>;
  status: 200 | 201 | 202 | 204;
  /** Other answers of a success, all without a body, and what they mean. */
  alsoStatus?: Partial<Record<200 | 204 | 304, string>>;
  /** Null if the reply has no body (204) or is not JSON (`produces`). */
  reply: Reply | null;
  /** The media type of a reply that is not JSON. The wildcard type means that it depends on the file. */
  produces?: File;
  /**
   * The reply carries an `ETag`. version: clients send it back in `If-Match`. content: a GET that sends it in
   * `If-None-Match` gets 304 without a body while the content is the same.
   */
  etag?: 'version' | 'content';
  /** When the answer is 302, and where its `Location` leads. */
  redirect?: string;
  /** How many calls one caller may make in so many seconds. Without a session, the network address is the caller. */
  rateLimit?: { max: number; seconds: number };
  /**
   * The acts that the operation records in the audit log. Each operation that changes something of a team, an account or
   * money for somebody else declares them, or is an exception of operations.test.ts. The answer carries an
   * `X-Request-Id`, which the entry has too.
   */
  acts?: readonly Act[];
  /** Budgets that a call spends as well (contract/budgets.ts). An operation that mails a named address has one. */
  budgets?: readonly BudgetName[];
  /** The largest body in bytes; see bodyLimitOf. */
  bodyLimit?: number;
  /** The operation's own error codes. errorCodesOf adds those of the transport and of `access`. */
  errors: readonly Codes[];
  example?: { params?: unknown; query?: unknown; body?: unknown; reply?: unknown };
}

/** The header of operations with `opensGuest`. */
export const guestKeyHeaders: NonNullable<Operation['headers']> = {
  'Admit-Guest-Key': {
    description:
      'A random secret of your own (22 to 64 letters, digits, `-` and `_`). It signs a caller without a session in as a guest, and the answer sets the cookies. Within ten minutes the same key is the same guest, also in simultaneous requests. The server ignores it if the request has a session. `guest_key_ended` means that the key is older, or that its guest has signed out or become an account: make a new key.',
    example: 'N4tq0cVbYwUeJ2s8rX1kZA',
  },
  'Admit-Guest-Token': {
    description:
      'With `wanted`, the answer that signs a guest in has the token of the session in its own header `Admit-Guest-Token`, and sets no cookie. Send it as `Authorization: Bearer`. This is for pages in a frame of another site, where browsers keep no cookies.',
    example: 'wanted',
  },
};

/** Declares an operation. It returns its argument, with the types of all parts kept. */
export const operation = <
  const A extends Access,
  const M extends Method,
  const W extends Path,
  P extends Schema = z.ZodUndefined,
  Q extends Schema = z.ZodUndefined,
  B extends Schema = z.ZodUndefined,
  R extends Schema = z.ZodUndefined,
  const E extends ErrorCode = never,
  const V extends boolean = false,
  const F extends FileType = never,
>(
  spec: Operation<P, Q, B, R, A, M, W, E, V, F>,
): Operation<P, Q, B, R, A, M, W, E, V, F> => spec;

/**
 * Whether a client may send the same request again when the answer was lost. With the same `Idempotency-Key` the
 * second request has no effect and gets the first answer. better-auth keeps no keys, so a second sign-in is a second
 * attempt. An operation that would refuse the second request declares `repeatable: false`.
 */
export const isRepeatable = (op: Pick<Operation, 'method' | 'path' | 'repeatable'>): boolean =>
  op.method === 'GET' || (op.repeatable ?? !op.path.startsWith(authRoot));

/**
 * The largest body of an operation, in bytes. 16 KiB is enough if the lists in the body are short. An operation with
 * longer lists declares its own limit. An operation without a body accepts an empty object.
 */
export const bodyLimitOf = (op: Pick<Operation, 'body' | 'bodyLimit'>): number =>
  op.bodyLimit ?? (op.body ? 16 * 1024 : 1024);

/**
 * A body of this size or more is a large body. The server bounds how many bytes of large bodies it works on at once
 * (per caller and in all), and how often one caller may send them.
 */
export const largeBodyBytes = 64 * 1024;

export const takesLargeBodies = (op: Pick<Operation, 'body' | 'bodyLimit'>): boolean =>
  bodyLimitOf(op) > largeBodyBytes;

/** The refusals that the transport and the rules below give before the operation sees the request. */
export type CommonCode =
  | 'malformed_http'
  | 'invalid_request'
  | 'rate_limited'
  | 'unavailable'
  | 'internal'
  | 'unauthenticated'
  | 'suspended'
  | 'door_link_ended'
  | 'guest_key_ended'
  | 'invalid_api_key'
  | 'api_key_expired'
  | 'missing_scope'
  | 'not_found'
  | 'forbidden'
  | 'two_factor_required'
  | 'origin_not_allowed'
  | 'idempotency_key_reused'
  | 'request_timeout'
  | 'malformed_json'
  | 'unsupported_media_type'
  | 'payload_too_large'
  | 'large_request_pending'
  | 'large_requests_busy'
  | 'version_mismatch'
  | 'version_required';

/** Every error code that an operation may answer, with the codes of its transport and its access rule. */
export function errorCodesOf(op: Operation): ErrorCode[] {
  const codes = new Set<CommonCode>([
    'malformed_http',
    'invalid_request',
    'rate_limited',
    'unavailable',
    'internal',
  ]);
  if (op.access !== 'public' && op.access !== 'signature' && op.access !== 'secret') {
    codes.add('unauthenticated').add('suspended');
    if (op.access !== 'signed-in') codes.add('not_found').add('forbidden');
    if (op.access === 'admin') codes.add('two_factor_required');
    if (op.access === 'door' && !op.takesEndedDevices) codes.add('door_link_ended');
  }
  if (scopeOf(op)) codes.add('invalid_api_key').add('api_key_expired').add('missing_scope');
  if (op.opensGuest) codes.add('guest_key_ended');
  if (op.params) codes.add('not_found');
  if (op.method !== 'GET') {
    if (isRepeatable(op)) codes.add('idempotency_key_reused');
    codes.add('origin_not_allowed').add('request_timeout');
    if (!op.bytes) codes.add('malformed_json');
    codes.add('unsupported_media_type').add('payload_too_large');
  }
  if (takesLargeBodies(op)) codes.add('large_request_pending').add('large_requests_busy');
  if (op.ifMatch) codes.add('version_mismatch').add('version_required');
  return [...new Set([...codes, ...op.errors])];
}
