import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { App } from '../app.ts';
import { pageOriginOf } from './origins.ts';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const requestHeaders =
  'Admit-Door-Device, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Queue-Proof, Queue-Token';
const exposedHeaders = 'Content-Disposition, ETag, Location, Retry-After';
/** Two hours, the longest that Chromium caches a preflight. */
const maxAgeSeconds = 7200;

/**
 * Lets the pages of CORS_ORIGINS call the API with a bearer token. Their cookies never count: browsers are not told
 * that credentials are allowed, `checkOrigin` refuses writes that carry a cookie anyway, and the answers set no
 * cookie. Without CORS_ORIGINS nothing is installed, so no request pays for it.
 *
 * (@fastify/cors is not used: it answers strangers' preflights with 204 and faulty ones as plain text, and a reply
 * that sets its own `Vary` overwrites the one from the plugin.)
 */
export function allowOtherOrigins(http: FastifyInstance, app: App): void {
  if (app.config.corsOrigins.length === 0) return;
  http.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS' || !isApi(request.url) || !isPreflight(request.headers)) return done();
    vary(reply, 'Origin');
    if (pageOriginOf(app, request.headers) !== 'listed') return done();
    reply.headers({
      'access-control-allow-origin': request.headers.origin,
      'access-control-allow-methods': methods,
      'access-control-allow-headers': requestHeaders,
      'access-control-max-age': String(maxAgeSeconds),
    });
    reply.code(204).send();
  });
  // Runs after all other headers are set, because replies set their own Vary.
  http.addHook('onSend', (request, reply, _payload, done) => {
    if (!isApi(request.url)) return done();
    vary(reply, 'Origin');
    if (pageOriginOf(app, request.headers) === 'listed') {
      reply.header('access-control-allow-origin', request.headers.origin);
      if (request.method !== 'OPTIONS') reply.header('access-control-expose-headers', exposedHeaders);
      reply.removeHeader('set-cookie');
    }
    done();
  });
}

const isApi = (url: string): boolean => url.startsWith('/api/');
const isPreflight = (headers: IncomingHttpHeaders): boolean =>
  headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

function vary(reply: FastifyReply, name: string): void {
  const before = [reply.getHeader('vary') ?? []].flat().join(', ');
  const names = before.split(/\s*,\s*/).filter(Boolean);
  if (names.includes('*') || names.some((known) => known.toLowerCase() === name.toLowerCase())) return;
  reply.header('vary', [...names, name].join(', '));
}
