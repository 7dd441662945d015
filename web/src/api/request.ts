import type { z } from 'zod';
import type { Problem } from '../../../contract/errors.ts';
import type { Operation } from '../../../contract/operation.ts';
import { language } from '../ui/language.ts';
import { ApiProblem } from './problem.ts';

// biome-ignore lint/suspicious/noExplicitAny: the four schemas are read back one by one below
type AnyOperation = Operation<any, any, any, any>;

/** One part of a call, left out where the operation has none, optional where nothing in it is required. */
type Part<Name extends string, Schema extends z.ZodType> = Schema extends z.ZodUndefined
  ? unknown
  : Record<never, never> extends z.input<Schema>
    ? { [N in Name]?: z.input<Schema> }
    : { [N in Name]: z.input<Schema> };

export type CallOf<Op> =
  Op extends Operation<infer P, infer Q, infer B>
    ? Part<'params', P> & Part<'query', Q> & Part<'body', B> & Options
    : never;

export type ReplyOf<Op> =
  Op extends Operation<infer _P, infer _Q, infer _B, infer R>
    ? R extends z.ZodUndefined
      ? undefined
      : z.output<R>
    : never;

interface Options {
  /** The version being changed, for operations that ask for If-Match. */
  ifMatch?: number;
  /** The user's intention (intention.ts): the same key for every try of it. */
  key?: string;
  signal?: AbortSignal;
}

export interface Endpoint<Op> {
  (call: CallOf<Op>): Promise<ReplyOf<Op>>;
  method: string;
  path: string;
}

/**
 * A function that calls one operation of the contract. The types come from the contract; method and path are
 * said again here, and held to it by operations.test.ts, so that no schema travels to the browser.
 */
export function endpoint<Op extends AnyOperation>(
  method: Op['method'],
  path: `/api/${string}`,
): Endpoint<Op> {
  const call = (parts: CallOf<Op>) => {
    const { params, query, body, ...options } = parts as Options & {
      params?: Record<string, string | number>;
      query?: Record<string, unknown>;
      body?: unknown;
    };
    return send<ReplyOf<Op>>(method, fill(path, params) + search(query), body, options);
  };
  return Object.assign(call, { method, path });
}

/** Sends JSON, answers JSON, throws an ApiProblem for everything that is not a success. */
export async function send<Reply>(
  method: string,
  url: string,
  body?: unknown,
  options: Options = {},
): Promise<Reply> {
  // What is written to this person because of the request is written in the language of the page.
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language() };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
  if (options.key !== undefined) headers['idempotency-key'] = options.key;
  const response = await fetch(url, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(options.signal && { signal: options.signal }),
  }).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  });
  const text = await response.text().catch(() => {
    throw unreachable();
  });
  const reply = parse(text);
  if (!response.ok) throw problemOf(response.status, reply);
  return reply as Reply;
}

const fill = (path: string, params: Record<string, string | number> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));

function search(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreachable = () =>
  new ApiProblem({
    code: 'unreachable',
    status: 0,
    retryable: true,
    title: 'We could not reach the server. Check your connection and try again.',
  });

/** Our own problems carry everything; the sign-in endpoints and a proxy in between may say less. */
function problemOf(status: number, body: unknown): ApiProblem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem> & {
    message?: string;
  };
  if (said.title !== undefined && said.code !== undefined) return new ApiProblem(said as Problem);
  const code =
    status === 401
      ? 'unauthenticated'
      : status === 404
        ? 'not_found'
        : status === 429
          ? 'rate_limited'
          : status >= 500
            ? 'internal'
            : 'invalid_request';
  return new ApiProblem({
    ...(said as object),
    code,
    status,
    retryable: status >= 500 || status === 429,
    title: said.message ?? (status >= 500 ? 'Something went wrong on our side.' : 'The server refused this.'),
  });
}
