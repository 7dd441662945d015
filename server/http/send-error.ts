import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, errorTable, type Problem, Refused } from '../../contract/errors.ts';
import type { App } from '../app.ts';
import { isDatabaseUnavailable } from '../data/database-trouble.ts';
// Imported for the types that bind.ts adds to each reply.
import type {} from './bind.ts';
import { boundDiscarding } from './raw-refusals.ts';
import { keepCookiesPrivate } from './security-headers.ts';

const fastifyCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'not_found',
};

/**
 * The level at which the log has a refusal; null where counting it is enough. Only what nobody expected is an error of
 * ours. A part of the system that is away is a warning. Load and what a client did are neither: in a rush there would be
 * one line for each refused request. `admit_refusals_total` counts all of them.
 */
export function logLevelOf(code: ErrorCode): 'error' | 'warn' | null {
  if (code === 'internal') return 'error';
  return code === 'unavailable' || code === 'payment_provider_unavailable' ? 'warn' : null;
}

/** Sends every refusal and failure as problem+json. An unexpected error reveals nothing to the client. */
export function sendError(
  app: App,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  // The client hung up during its request. There is nobody to answer, and it is not an error of ours.
  if (request.raw.aborted) return reply.hijack();
  const refused = error instanceof Refused ? error : new Refused(codeOf(error));
  const { status } = errorTable[refused.code];
  const level = logLevelOf(refused.code);
  if (level) app.log[level]({ requestId: request.id, err: error, code: refused.code }, 'request failed');
  app.metrics.refusals.inc({ code: refused.code });
  const problem = { ...toProblem(refused.code), requestId: request.id, ...refused.members };
  boundDiscarding(request.raw);
  reply.headers(reply.server.securityHeaders.api);
  keepCookiesPrivate(reply);
  if (status === 429 || status === 503)
    reply.header('retry-after', String(refused.members.retryAfterSeconds ?? 1));
  return reply.code(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** A refusal's body without the members that depend on the request. */
export function toProblem(code: ErrorCode): Problem {
  const { status, title, retryable } = errorTable[code];
  return { type: `urn:admit:problem:${code}`, title, status, code, retryable };
}

function codeOf(error: Error): ErrorCode {
  const { code, statusCode } = error as FastifyError;
  const known = fastifyCodes[code];
  if (known) return known;
  if (isDatabaseUnavailable(error)) return 'unavailable';
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'invalid_request' : 'internal';
}
