import type { FastifyInstance } from 'fastify';
import type { App } from './app.ts';

/** For whatever watches the process: is it alive, may it get traffic, how is it doing. */
export function healthRoutes(http: FastifyInstance, app: App): void {
  http.get('/health/live', () => ({ status: 'ok' }));
  http.get('/health/ready', async (_request, reply) => {
    try {
      await app.db.query('select 1');
      return { status: 'ok', database: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'unavailable', database: 'unreachable' });
    }
  });
  http.get('/metrics', async (_request, reply) => {
    reply.type(app.metrics.registry.contentType);
    return app.metrics.registry.metrics();
  });
}
