import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { readOrder } from '../orders/read-order.ts';
import { issueDocuments } from './issue-documents.ts';

/**
 * Issues the receipts and invoices of orders whose tickets are about to be mailed. The job of these mails was enqueued in the
 * transaction that confirmed the orders, so a sale pays nothing more for its documents. If issuing fails, a job of its own
 * tries again, and the tickets are mailed all the same.
 */
export async function issueForMails(app: App, orderIds: OrderId[]): Promise<void> {
  const orders = await Promise.all(orderIds.map((orderId) => readOrder(app, orderId)));
  const paid = orders.filter((order) => order !== null).filter(({ totalMinor }) => totalMinor > 0);
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
