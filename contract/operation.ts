import type { z } from 'zod';
import { authRoot } from './addresses.ts';
import type { BudgetName } from './budgets.ts';
import type { ErrorCode } from './errors.ts';

/**
 * Who may call an operation. The server enforces it in one place, the documentation prints it, and a
 * test walks every operation with every kind of caller.
 *
 * public: anyone · signed-in: any account, guests too · holder: signed in, and the thing must be theirs ·
 * door/manager/owner: that role or a higher one in the organisation of the event · admin: admins of
 * the platform · signature: the body is signed · secret: the caller knows the thing's own secret.
 */
export type Access =
  | 'public'
  | 'signed-in'
  | 'holder'
  | 'door'
  | 'manager'
  | 'owner'
  | 'admin'
  | 'signature'
  | 'secret';

type Schema = z.ZodType;
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
type Path = `/${string}`;
type FileType = 'image/svg+xml' | 'application/pdf' | 'text/calendar' | '*/*';

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
  params?: Params;
  query?: Query;
  body?: Body;
  /** The request names the version that it changes in `If-Match`. */
  ifMatch?: Versioned;
  /** See isRepeatable. */
  repeatable?: false;
  /** Other request headers that the operation reads: what each is for. */
  headers?: Record<string, { description: string; required?: boolean; example?: string }>;
  status: 200 | 201 | 202 | 204;
  /** Null where there is no body (204) or `produces` says that it is not JSON. */
  reply: Reply | null;
  /** The type of a reply that is not JSON. The last one stands for any, where it depends on what is asked for. */
  produces?: File;
  /**
   * The reply carries an `ETag`. version: it is what `If-Match` wants. content: a GET that names it in `If-None-Match`
   * is answered 304 without a body.
   */
  etag?: 'version' | 'content';
  /** Says when the answer is 302, and where `Location` leads then. */
  redirect?: string;
  /** Calls that one caller (or address, where nobody is signed in) may make in so many seconds. */
  rateLimit?: { max: number; seconds: number };
  /** What its calls spend besides; see contract/budgets.ts. Each operation that causes mail to a named address has one. */
  budgets?: readonly BudgetName[];
  /** The most bytes that the body may have; see bodyLimitOf. */
  bodyLimit?: number;
  /** The refusals of the operation itself; those of the transport and of `access` are added for it. */
  errors: readonly Codes[];
  example?: { params?: unknown; query?: unknown; body?: unknown; reply?: unknown };
}

/** Declares an operation; only there so that the types of its parts are kept. */
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
 * Whether a client may send the same request again when the answer was lost: under the same `Idempotency-Key` it has no
 * second effect and gets the first answer. better-auth keeps no such keys, so a second sign-in is a second attempt; an
 * operation that would answer a repetition with a refusal declares `repeatable: false`.
 */
export const isRepeatable = (op: Pick<Operation, 'method' | 'path' | 'repeatable'>): boolean =>
  op.method === 'GET' || (op.repeatable ?? !op.path.startsWith(authRoot));

/**
 * The most bytes that an operation's body may have. 16 KiB is enough for every body whose lists are short; an
 * operation that takes longer lists declares its own limit. An operation without a body tolerates an empty object.
 */
export const bodyLimitOf = (op: Pick<Operation, 'body' | 'bodyLimit'>): number =>
  op.bodyLimit ?? (op.body ? 16 * 1024 : 1024);

/**
 * From so many bytes on a body is a large one. A server bounds how many bytes of large bodies it works on at once, for
 * each caller and in all, and how often one caller may send them.
 */
export const largeBodyBytes = 64 * 1024;

export const takesLargeBodies = (op: Pick<Operation, 'body' | 'bodyLimit'>): boolean =>
  bodyLimitOf(op) > largeBodyBytes;

/** What may be refused before the operation itself sees the request, by the rules below. */
export type CommonCode =
  | 'malformed_http'
  | 'invalid_request'
  | 'rate_limited'
  | 'unavailable'
  | 'internal'
  | 'unauthenticated'
  | 'suspended'
  | 'not_found'
  | 'forbidden'
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

/** Every error code that an operation may answer, its transport's and its access rule's included. */
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
  }
  if (op.params) codes.add('not_found');
  if (op.method !== 'GET') {
    if (isRepeatable(op)) codes.add('idempotency_key_reused');
    codes.add('origin_not_allowed').add('request_timeout');
    codes.add('malformed_json').add('unsupported_media_type').add('payload_too_large');
  }
  if (takesLargeBodies(op)) codes.add('large_request_pending').add('large_requests_busy');
  if (op.ifMatch) codes.add('version_mismatch').add('version_required');
  return [...new Set([...codes, ...op.errors])];
}
