import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '../contract/errors.ts';
import type { App } from './app.ts';
import { warningsOf } from './warnings.ts';

/** For whatever watches the process: is it alive, may it get traffic, how is it doing. */
export function healthRoutes(http: FastifyInstance, app: App): void {
  const warnings = warningsOf(app.config).map(({ code }) => code);
  http.get('/health/live', () => ({ status: 'ok' }));
  http.get('/health/ready', async (_request, reply) => {
    try {
      await app.db.query('select 1');
      const late = app.relay.state().warnings;
      // Still 200: this process can answer, and taking it out of the balancer would help nobody.
      return {
        status: late.length > 0 ? 'degraded' : 'ok',
        database: 'ok',
        warnings: [...warnings, ...late],
      };
    } catch {
      return reply.code(503).send({ status: 'unavailable', database: 'unreachable', warnings });
    }
  });
  http.get('/metrics', async (request, reply) => {
    checkMetricsAccess(app, request);
    reply.type(app.metrics.registry.contentType);
    return app.metrics.registry.metrics();
  });
}

/**
 * Figures of sales and load are not for everybody: with METRICS_TOKEN they want it as a bearer token. Without one,
 * production has no such address, because whether a caller is near cannot be told through a proxy.
 */
function checkMetricsAccess({ config }: App, { headers }: FastifyRequest): void {
  const { metricsToken, env } = config;
  if (!metricsToken) {
    if (env === 'production') throw new Refused('not_found');
    return;
  }
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${metricsToken}`)))
    throw new Refused('unauthenticated', { detail: 'Send METRICS_TOKEN as a bearer token.' });
}
