import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../db.ts';
import { closeOpenPayments } from './store.ts';

/** Closes what is still open of orders that ended unpaid, and has the provider close it too (cancel-payment.ts). */
export async function closePayments(
  _app: App,
  trx: Transaction,
  orderIds: OrderId[],
  now: Date,
): Promise<void> {
  if (orderIds.length > 0) closeOpenPayments(trx, orderIds, now);
}
