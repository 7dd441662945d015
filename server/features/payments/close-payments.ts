import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { closeOpenPayments } from './store.ts';

/**
 * Closes the open payments of orders that ended unpaid, and enqueues the jobs that close them at the provider
 * (cancel-payment.ts).
 */
export function closePayments(_app: App, trx: Writes, orderIds: OrderId[], now: Date): void {
  if (orderIds.length > 0) closeOpenPayments(trx, orderIds, now);
}
