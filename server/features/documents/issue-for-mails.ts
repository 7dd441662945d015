import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { issueDocuments } from './issue-documents.ts';

/**
 * Issues the receipts and invoices of orders whose tickets are about to be mailed. The job of these mails was enqueued in the
 * transaction that confirmed the orders, so a sale pays nothing more for its documents. If issuing fails, a job of its own
 * tries again, and the tickets are mailed all the same.
 */
export async function issueForMails(app: App, orders: OrderRecord[]): Promise<void> {
  const paid = orders.filter(({ totalMinor }) => totalMinor > 0);
  for (const [eventId, some] of Map.groupBy(paid, (order) => order.eventId)) {
    const payload = { eventId, orderIds: some.map(({ id }) => id) };
    try {
      await issueDocuments(app, payload);
    } catch (error) {
      app.log.error({ err: error, eventId }, 'the receipts of orders could not be issued; a job tries again');
      await enqueueJobs(app.db, [{ task: 'issue-documents', payload, turnOf: eventId }]);
    }
  }
}
