import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refused } from '../../contract/errors.ts';
import type { Operation } from '../../contract/operation.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import type { Call } from './bind.ts';
import { fingerprintOf, type Retry } from './idempotency.ts';

const emptyBuffer = Buffer.alloc(0);

/** Checks a request with its body against the contract. Throws Refused('invalid_request') with issues. */
export function readCall(op: Operation, request: FastifyRequest): Call {
  const params = request.checkedParams ?? readParams(op, request);
  const query = op.query ? parse(op.query, request.query, 'query') : undefined;
  // The command checks a signed body: nothing may be said about it before its signature is verified.
  const signed = op.access === 'signature';
  // A missing body becomes undefined, for operations whose body is optional. The text `null` is a body that none
  // takes.
  const sent = request.rawBody?.length ? request.body : undefined;
  const body = op.body && !signed ? parse(op.body, sent, 'body') : request.body;
  return {
    operation: op.id,
    params,
    query,
    body,
    caller: request.doorDevice ?? (request.caller as Caller),
    retry: readRetry(op, request),
    ifMatch: op.ifMatch ? readIfMatch(request) : 0,
    rawBody: request.rawBody ?? emptyBuffer,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    ip: request.ip,
    requestId: request.id,
  };
}

/** Reads the path's parameters. A malformed id is not_found, like a well-formed id that names nothing. */
export const readParams = (op: Operation, request: FastifyRequest): unknown =>
  op.params ? parse(op.params, request.params, 'path') : undefined;

/** Throws every refusal that the headers alone justify, so that a body that would be refused anyway is not read. */
export function checkHeaders(op: Operation, request: FastifyRequest): void {
  const { headers } = request;
  if (op.ifMatch) readIfMatch(request);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new Refused('unsupported_media_type', { detail: 'Send the body without a Content-Encoding.' });
  }
  if (op.access !== 'signature') return;
  for (const [name, { required }] of Object.entries(op.headers ?? {}))
    if (required && !headers[name.toLowerCase()]) throw new Refused('webhook_signature_invalid');
}

function parse(schema: z.ZodType, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (where !== 'body') checkText(value, where);
  const result = schema.safeParse(where === 'body' ? value : (value ?? {}));
  if (result.success) return result.data;
  if (where === 'path') throw new Refused('not_found');
  const issues = result.error.issues.slice(0, 20).map((issue) => ({
    path: [where, ...issue.path.map(String)].join('.').slice(0, 300),
    // A message could otherwise list the names of a hundred thousand unknown properties.
    message: issue.message.slice(0, 300),
  }));
  throw new Refused('invalid_request', {
    detail: issues
      .map((i) => `${i.path}: ${i.message}`)
      .join('; ')
      .slice(0, 500),
    issues,
  });
}

/**
 * Refuses text that PostgreSQL can't store: NUL characters and lone surrogates. This is the one place that checks it.
 */
export function checkText(value: unknown, where: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      if (where === 'path') throw new Refused('not_found');
      throw new Refused('invalid_request', {
        issues: [{ path: where, message: 'holds characters that are no text' }],
      });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      checkText(key, where);
      checkText(each, where === 'path' ? where : `${where}.${key}`);
    }
  }
}

function readRetry(op: Operation, request: FastifyRequest): Retry | null {
  if (op.method === 'GET') return null;
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Refused('invalid_request', {
      detail: 'Idempotency-Key must be 1 to 255 visible ASCII characters.',
    });
  }
  // Two keys of one person may choose the same text without knowing of each other.
  const of = request.caller?.key?.id;
  return { key: of ? `${of} ${key}` : key, fingerprint: fingerprintOf(op.id, request.url, request.rawBody) };
}

function readIfMatch(request: FastifyRequest): number {
  const given = request.headers['if-match'];
  if (given === undefined) throw new Refused('version_required');
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given)?.[1];
  if (version === undefined) throw new Refused('version_mismatch');
  return Number(version);
}
