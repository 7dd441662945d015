import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { cancelValidTickets } from './store.ts';

/**
 * Cancels the valid tickets of these orders: their codes are refused at the door from this commit on. One
 * that was used stays used, so that `cancelled` is less than the places where somebody came in meanwhile.
 */
export async function cancelTickets(
  _app: App,
  trx: Transaction,
  orderIds: OrderId[],
  now: Date,
): Promise<{ cancelled: number }> {
  return { cancelled: await cancelValidTickets(trx, orderIds, now) };
}
