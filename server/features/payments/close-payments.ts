import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { closeOpenPayments } from './store.ts';

/** Closes what is still open of orders that ended unpaid, and has the provider close it too (cancel-payment.ts). */
export function closePayments(_app: App, trx: Writes, orderIds: OrderId[], now: Date): void {
  if (orderIds.length > 0) closeOpenPayments(trx, orderIds, now);
}
