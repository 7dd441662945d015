import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { NewRefund } from './payment.ts';
import { insertRefunds } from './store.ts';

/**
 * Opens refunds: the refunds, their ledger entries and the jobs that ask the provider for them commit with the
 * caller's transaction. The caller must make sure that each refund is requested once.
 */
export function openRefunds(app: App, trx: Writes, refunds: NewRefund[], now: Date): void {
  if (refunds.length === 0) return;
  const opened = refunds.map((refund) => ({ ...refund, id: app.newId('refund') }));
  insertRefunds(trx, opened, now);
  const wanted = opened.filter(({ providerRef }) => providerRef === null);
  writeJobs(trx, [
    ...wanted.map(({ id }) => ({
      task: 'settle-refund' as const,
      payload: { refundId: id },
      key: `settle-refund:${id}`,
    })),
    ...creditNoteJobs(opened),
  ]);
}

/** Money that bought tickets was on a receipt or invoice, so its refund needs a credit note (documents/). */
function creditNoteJobs(refunds: NewRefund[]) {
  const ofEvents = Map.groupBy(
    refunds.filter(({ split }) => split !== null),
    ({ eventId }) => eventId,
  );
  return [...ofEvents].map(([eventId, some]) => ({
    task: 'issue-documents' as const,
    payload: { eventId, orderIds: [...new Set(some.map(({ orderId }) => orderId))] },
  }));
}
