import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { changeAddress as change, changeAddresses, lockOrderOf } from './access-store.ts';
import { indexOrders } from './find-orders-store.ts';

/**
 * Locks an order and gives it another address, in the caller's transaction. Links of earlier mails stop working, because
 * whoever has the wrong mailbox has them. Answers the order's status and whether the address is another one.
 */
export async function changeAddress(
  trx: Transaction,
  orderId: OrderId,
  email: string,
): Promise<{ status: string; changed: boolean }> {
  const order = await lockOrderOf(trx, orderId);
  if (!order) throw new Refused('not_found');
  if (order.status !== 'pending' && order.status !== 'confirmed') throw new Refused('order_address_fixed');
  const changed = order.buyerEmail !== email;
  if (changed) {
    change(trx, orderId, email);
    await indexOrders(trx, [orderId]);
  }
  return { status: order.status, changed };
}

/** Gives orders that came with another one its address, in the caller's transaction. */
export async function changeAddressToo(trx: Transaction, orderIds: OrderId[], email: string): Promise<void> {
  if (orderIds.length === 0) return;
  const changed = await changeAddresses(trx, orderIds, email);
  await indexOrders(trx, changed);
}
