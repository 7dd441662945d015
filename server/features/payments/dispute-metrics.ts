import { Gauge } from 'prom-client';
import type { App } from '../../app.ts';
import { countOpenDisputes } from './dispute-store.ts';

/** Gauges of open disputes. Every process reports the same value, so take the maximum and not the sum. */
export function registerDisputeMetrics({
  db,
  clock,
  metrics,
  log,
}: Pick<App, 'db' | 'clock' | 'metrics' | 'log'>): void {
  const due = new Gauge({
    name: 'admit_dispute_evidence_due_seconds',
    help: 'The time until the first open dispute needs its evidence, below 0 if it is over; +Inf if none needs any.',
    registers: [metrics.registry],
  });
  new Gauge({
    name: 'admit_disputes_open',
    help: 'Disputes, inquiries and fraud warnings that are not decided, by kind.',
    labelNames: ['kind'],
    registers: [metrics.registry],
    async collect() {
      try {
        const counted = await countOpenDisputes(db, clock.now());
        for (const kind of ['inquiry', 'chargeback', 'fraud_warning'] as const)
          this.set({ kind }, counted.find((each) => each.kind === kind)?.open ?? 0);
        due.set(Math.min(...counted.map(({ dueSeconds }) => dueSeconds ?? Number.POSITIVE_INFINITY)));
      } catch (error) {
        // The other metrics are wanted most while the database is away.
        log.warn({ err: error }, 'the open disputes could not be counted');
      }
    },
  });
}
