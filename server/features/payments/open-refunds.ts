import type { App } from '../../app.ts';
import type { Transaction } from '../../db.ts';
import { enqueueJobs } from '../../jobs.ts';
import type { NewRefund } from './payment.ts';
import { insertRefunds } from './store.ts';

/**
 * Promises money back: the refunds, their entries in the ledger and the jobs that ask the provider for them
 * commit with the caller's transaction. The caller makes sure that each is asked for once.
 */
export async function openRefunds(
  app: App,
  trx: Transaction,
  refunds: NewRefund[],
  now: Date,
): Promise<void> {
  if (refunds.length === 0) return;
  const opened = refunds.map((refund) => ({ ...refund, id: app.newId('refund') }));
  insertRefunds(trx, app.payments.name, opened, now);
  await enqueueJobs(
    trx,
    opened.map(({ id }) => ({
      task: 'settle-refund',
      payload: { refundId: id },
      key: `settle-refund:${id}`,
    })),
  );
}
