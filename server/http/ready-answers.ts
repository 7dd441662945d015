import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { App } from '../app.ts';
import { memoPer } from '../memo.ts';
import type { Raw } from './bind.ts';
import { namesETag } from './etags.ts';
import { countAnswers } from './request-log.ts';

/** An answer that is encoded, the same for everybody, and made before anybody asks. */
interface ReadyAnswer {
  etag: string;
  whole: Raw;
  notModified: Raw;
}

/** Finds the answer for a parameter of the path. Null: the command of the operation has to answer. */
export type FindReady = (parameter: string) => ReadyAnswer | null;

interface Ready {
  prefix: string;
  suffix: string;
  find: FindReady;
  answered(status: number): void;
}

/** The operations of a server whose answers may be ready. */
export interface ReadyAnswers {
  add(op: { id: string; method: string; path: string; rateLimit?: unknown }, find: FindReady): void;
}

/**
 * Answers a GET or HEAD whose answer is ready before Fastify sees the request. A million people who wait ask for the same bytes, and routing,
 * hooks and header objects took half of the time of such an answer (docs/performance.md).
 *
 * Status, headers, entity tags and metrics are those of the long way. Any request that the long way may answer otherwise takes
 * it: one with a body, with a bearer token, with a session that has to be looked up or renewed, and every request while the server
 * leaves. So refusals are made in one place.
 */
export function answerReady(http: FastifyInstance, app: App): ReadyAnswers {
  const ready: Ready[] = [];
  const [route] = http.server.listeners('request') as RequestListener[];
  if (!route) throw new Error('Fastify listens to no requests');
  http.server.removeListener('request', route);
  // Of these each answer has parts of its own: a span, or headers that depend on the origin.
  const isOff = app.traces !== null || app.config.corsOrigins.length > 0;
  const headersOf = memoPer(({ headers, body }: Raw) => ({
    ...http.securityHeaders.api,
    ...headers,
    ...(typeof body === 'string' && body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
  }));

  function answer(request: IncomingMessage, response: ServerResponse): boolean {
    const { method, url = '', headers } = request;
    if (isOff || (method !== 'GET' && method !== 'HEAD')) return false;
    for (const { prefix, suffix, find, answered } of ready) {
      if (!url.startsWith(prefix) || !url.endsWith(suffix)) continue;
      const found = find(url.slice(prefix.length, -suffix.length));
      if (!found || !isPlain(headers) || isOther(request)) continue;
      const { whole, notModified, etag } = found;
      const isKnown = namesETag(headers['if-none-match'], etag);
      const raw = isKnown ? notModified : whole;
      const status = isKnown ? 304 : 200;
      response.writeHead(status, headersOf(raw));
      response.end(isKnown || method === 'HEAD' ? undefined : raw.body);
      answered(status);
      return true;
    }
    return false;
  }

  /** Whether something of this process or of this caller asks for the long way. */
  const isOther = ({ headers }: IncomingMessage): boolean =>
    http.drain.isLeaving() || app.log.isLevelEnabled('debug') || !isKnownAtOnce(app, headers);

  http.server.on('request', (request, response) => {
    if (!answer(request, response)) route.call(http.server, request, response);
  });
  return {
    add(op, find) {
      const [prefix, suffix, more] = op.path.split(/\{\w+\}/);
      if (op.method !== 'GET' || op.rateLimit || !prefix || !suffix || more !== undefined)
        throw new Error(`${op.id}: only a GET with one parameter and no rate limit may have ready answers`);
      ready.push({ prefix, suffix, find, answered: countAnswers(app, op.id) });
    },
  };
}

/** A request that carries nothing which the transport or the operation looks at. */
const isPlain = (headers: IncomingHttpHeaders): boolean =>
  headers.host !== undefined &&
  headers.authorization === undefined &&
  headers['content-length'] === undefined &&
  headers['transfer-encoding'] === undefined &&
  headers['content-encoding'] === undefined &&
  headers.expect === undefined;

/** Whether a session, if there is one, is known without a look-up, so that no cookie is renewed. */
function isKnownAtOnce({ accounts }: App, { cookie }: IncomingHttpHeaders): boolean {
  if (cookie === undefined) return true;
  try {
    return !accounts.needsLookUp(cookie);
  } catch {
    // A suspended account: the long way knows what that means here.
    return false;
  }
}
