import type { FastifyInstance } from 'fastify';
import type { Span, Traces } from '../traces.ts';

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | null;
  }
}

/**
 * Makes a span of each request to an operation. Each begins a trace of its own: a client's `traceparent` would decide what is
 * sampled, and clients are strangers. Fastify reads the body in the request's own context.
 */
export function traceRequests(http: FastifyInstance, traces: Traces): void {
  http.decorateRequest('span', null);
  http.addHook('onRequest', (request, _reply, done) => {
    const { method, url, config } = request.routeOptions;
    if (!config.operation) return done();
    request.span = traces.begin(config.operation, {
      kind: 'server',
      parent: 'none',
      attributes: {
        'http.request.method': String(method),
        'http.route': String(url),
        'admit.request_id': request.id,
      },
    });
    request.span.run(done);
  });
  http.addHook('onResponse', ({ span }, { statusCode }, done) => {
    span?.set('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.fail({ code: String(statusCode) });
    else span?.end();
    done();
  });
}
