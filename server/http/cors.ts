import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { App } from '../app.ts';
import { pageOriginOf } from './origins.ts';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const requestHeaders = 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match';
const exposedHeaders = 'Content-Disposition, ETag, Location, Retry-After';
/** Two hours, the longest that Chromium remembers a preflight. */
const maxAgeSeconds = 7200;

/**
 * Lets the pages of CORS_ORIGINS call the API with a bearer token. Cookies never act for them: browsers are
 * not told that credentials are allowed, `checkOrigin` refuses writes that carry a cookie all the same, and
 * their answers set no cookie. Without CORS_ORIGINS nothing of this is installed, and no request pays for it.
 *
 * (@fastify/cors answers preflights of strangers with 204 and faulty ones as plain text, and the `Vary` that
 * it sets first is lost where a reply sets its own.)
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
  // When all other headers are there, since replies set a Vary of their own.
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
