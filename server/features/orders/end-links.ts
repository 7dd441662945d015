import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { endLinks as end, lockOrderOf } from './access-store.ts';

/**
 * Ends all links of an order in the caller's transaction, and with them the access of everybody who opened the order by a
 * link. Returns the order's status.
 */
export async function endLinks(trx: Transaction, orderId: OrderId): Promise<string> {
  const order = await lockOrderOf(trx, orderId);
  if (!order) throw new Refused('not_found');
  end(trx, orderId);
  return order.status;
}
