import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { lockForCancelling, selectKeys } from './cancellation-store.ts';
import { type SoldAs, toSoldAs } from './sold-as.ts';

/**
 * Locks orders until the transaction ends. Returns the terms that each was sold with, the sum of earlier refunds in
 * minor units, and the fingerprints of earlier cancellations by their Idempotency-Key.
 */
export async function lockOrders(
  trx: Queryable,
  orderIds: OrderId[],
): Promise<{ id: OrderId; soldAs: SoldAs; refundedMinor: number; cancelledBy: Map<string, string> }[]> {
  const [orders, keys] = await Promise.all([lockForCancelling(trx, orderIds), selectKeys(trx, orderIds)]);
  const keysOf = Map.groupBy(keys, (row) => row.order_id);
  return orders.map((order) => ({
    id: order.id,
    soldAs: toSoldAs(order.sold_as),
    refundedMinor: order.refunded_minor,
    cancelledBy: new Map((keysOf.get(order.id) ?? []).map((row) => [row.key, row.fingerprint])),
  }));
}
