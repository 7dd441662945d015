import { Gauge } from 'prom-client';
import { moneyReviewReasons } from '../../../contract/money-reviews.ts';
import type { App } from '../../app.ts';
import { countOpenMoneyReviews } from './money-review-store.ts';

/**
 * Gauges of the list of unmatched money. Every process reports the same value, so take the maximum and not the sum.
 */
export function registerMoneyReviewMetrics({
  db,
  clock,
  metrics,
  log,
}: Pick<App, 'db' | 'clock' | 'metrics' | 'log'>): void {
  const oldest = new Gauge({
    name: 'admit_money_review_oldest_seconds',
    help: 'For how long the oldest open item has waited for a person.',
    registers: [metrics.registry],
  });
  new Gauge({
    name: 'admit_money_reviews_open',
    help: 'Items of unmatched money that wait for a person, by reason.',
    labelNames: ['reason'],
    registers: [metrics.registry],
    async collect() {
      try {
        const counted = await countOpenMoneyReviews(db, clock.now());
        for (const reason of moneyReviewReasons) {
          this.set({ reason }, counted.find((each) => each.reason === reason)?.open ?? 0);
        }
        oldest.set(Math.max(0, ...counted.map((each) => each.oldestSeconds)));
      } catch (error) {
        // The other metrics are wanted most while the database is away.
        log.warn({ err: error }, 'the unmatched money could not be counted');
      }
    },
  });
}
