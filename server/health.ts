import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { Refused } from '../contract/errors.ts';
import type { App } from './app.ts';
import { type DatabaseWatch, watchDatabase } from './data/database-watch.ts';
import { warningsOf } from './warnings.ts';

/** For monitoring: whether the process is alive, whether it may get traffic, and its figures. */
export function healthRoutes(http: FastifyInstance, app: App): void {
  const warnings = warningsOf(app.config).map(({ code }) => code);
  http.get('/health/live', () => ({ status: 'ok' }));
  const watch = watchDatabase(app);
  http.addHook('onClose', () => watch.close());
  http.get('/health/ready', async (_request, reply) => {
    if (http.drain.begun) return reply.code(503).send({ status: 'stopping', warnings });
    const database = await watch.look();
    if (database !== 'ok')
      return reply.code(503).header('retry-after', '1').send({ status: 'unavailable', database, warnings });
    const late = app.relay.state().warnings;
    // Still 200: this process can answer, and taking it out of the load balancer would help nobody.
    return { status: late.length > 0 ? 'degraded' : 'ok', database, warnings: [...warnings, ...late] };
  });
  measureDatabase(app, watch);
  http.get('/metrics', async (request, reply) => {
    checkMetricsAccess(app, request);
    reply.type(app.metrics.registry.contentType);
    return app.metrics.registry.metrics();
  });
}

/**
 * Protects the metrics, because figures of sales and load are not public. With METRICS_TOKEN they need it as a bearer
 * token. Without it, production has no such address, because behind a proxy we can't tell whether a caller is local.
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

/** Measured when the metrics are fetched. */
function measureDatabase({ db, metrics }: App, watch: DatabaseWatch): void {
  const registers = [metrics.registry];
  // Tests put several servers in front of one App. The latest one measures.
  for (const name of ['admit_database_ready', 'admit_database_connections'])
    metrics.registry.removeSingleMetric(name);
  new Gauge({
    name: 'admit_database_ready',
    help: '1 while the database answers and takes writes.',
    registers,
    async collect() {
      this.set((await watch.look()) === 'ok' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'admit_database_connections',
    help: 'Connections of the main pool by what they do, and how many commands wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = db.pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waited_for' }, waitingCount);
    },
  });
}
