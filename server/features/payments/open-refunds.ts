import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { NewRefund } from './payment.ts';
import { insertRefunds } from './store.ts';

/**
 * Promises money back: the refunds, their entries in the ledger and the jobs that ask the provider for them
 * commit with the caller's transaction. The caller makes sure that each is asked for once.
 */
export function openRefunds(app: App, trx: Writes, refunds: NewRefund[], now: Date): void {
  if (refunds.length === 0) return;
  const opened = refunds.map((refund) => ({ ...refund, id: app.newId('refund') }));
  insertRefunds(trx, app.payments.name, opened, now);
  writeJobs(
    trx,
    opened.map(({ id }) => ({
      task: 'settle-refund',
      payload: { refundId: id },
      key: `settle-refund:${id}`,
    })),
  );
}
