import { Gauge } from 'prom-client';
import type { App } from '../../app.ts';
import { countPeople } from './store.ts';

/** Gauges of all queues together. Every process reports the same value, so take the maximum and not the sum. */
export function registerQueueMetrics({ db, metrics, log }: Pick<App, 'db' | 'metrics' | 'log'>): void {
  const active = new Gauge({
    name: 'admit_queue_active',
    help: 'People who were let in and whose turn has not ended, in all queues.',
    registers: [metrics.registry],
  });
  new Gauge({
    name: 'admit_queue_waiting',
    help: 'People who wait in all queues.',
    registers: [metrics.registry],
    async collect() {
      try {
        const counted = await countPeople(db);
        this.set(counted.waiting);
        active.set(counted.active);
      } catch (error) {
        // The other metrics are wanted most while the database is away.
        log.warn({ err: error }, 'the people in queues could not be counted');
      }
    },
  });
}
