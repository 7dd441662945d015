import { hash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Problem, Refused } from '../../../contract/errors.ts';
import type { Operation } from '../../../contract/operation.ts';

type Output<S> = [S] extends [never] ? undefined : S extends z.ZodType ? z.output<S> : undefined;
type Input<S> = S extends z.ZodType ? z.input<S> : undefined;

/** A person's request for one of these pages. */
export interface Visit {
  http: FastifyInstance;
  request: FastifyRequest;
  reply: FastifyReply;
}

interface Given<O extends Operation> {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Input<NonNullable<O['body']>>;
  headers?: Record<string, string>;
}

/** What the API must know of the person: who they are, where they are, and what they speak. */
const passedOn = ['cookie', 'accept-language', 'user-agent', 'host', 'x-forwarded-for'];

/**
 * Calls an operation of the API for a person, inside the process, and passes its cookies on to them. So these pages have the
 * API's own checks, limits, refusals and metrics, and no second way to sell anything. Throws the API's refusal as Refused.
 */
export async function askApi<O extends Operation>(
  { http, request, reply }: Visit,
  op: O,
  { params = {}, query, body, headers = {} }: Given<O> = {},
): Promise<Output<NonNullable<O['reply']>>> {
  const path = op.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const answer = await http.inject({
    method: op.method,
    url: query ? `${path}?${new URLSearchParams(query)}` : path,
    remoteAddress: request.raw.socket.remoteAddress ?? '',
    headers: {
      ...Object.fromEntries(
        passedOn.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])),
      ),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  const cookies = answer.headers['set-cookie'];
  if (cookies !== undefined) reply.header('set-cookie', cookies);
  const said = answer.payload === '' ? undefined : JSON.parse(answer.payload);
  if (answer.statusCode < 400) return said;
  const {
    type: _,
    title: _title,
    status: _status,
    code,
    retryable: _retryable,
    ...members
  } = said as Problem;
  throw new Refused(code, members);
}

/** A new secret for a form: the guest key of its sender, and the beginning of the keys of what it does. */
export const newKey = (): string => randomBytes(18).toString('base64url');

/** The same form with the same content, sent twice, does its work once. With other content it is another request. */
export const keyOf = (key: string, content: unknown): string =>
  hash('sha256', `${key}\0${JSON.stringify(content)}`, 'base64url');

/** True if nothing but this server's own pages can have made the browser send this form. */
export function isOwnForm(
  headers: FastifyRequest['headers'],
  from: 'none' | 'own' | 'listed' | 'foreign',
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  // Some browsers hide the origin from everybody, and still say that the site is the same.
  if (headers.origin === 'null') return site === 'same-origin';
  return from === 'own' || from === 'none';
}
