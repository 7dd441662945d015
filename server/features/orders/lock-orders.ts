import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { Split } from '../sale/split.ts';
import { type LockedOrder, lockForCancelling, selectKeys } from './cancellation-store.ts';
import { type SoldAs, toSoldAs } from './sold-as.ts';

/**
 * Locks orders until the transaction ends. Returns the terms that each was sold with, the sum of earlier refunds in
 * minor units, and the fingerprints of earlier cancellations by their Idempotency-Key.
 */
export async function lockOrders(
  trx: Queryable,
  orderIds: OrderId[],
): Promise<
  {
    id: OrderId;
    soldAs: SoldAs;
    refundedMinor: number;
    refunded: Split;
    disputedMinor: number;
    giftMinor: number;
    cancelledBy: Map<string, string>;
  }[]
> {
  const [orders, keys] = await Promise.all([lockForCancelling(trx, orderIds), selectKeys(trx, orderIds)]);
  const keysOf = Map.groupBy(keys, (row) => row.order_id);
  return orders.map((order) => ({
    id: order.id,
    soldAs: toSoldAs(order.sold_as),
    refundedMinor: order.refunded_minor,
    refunded: refundedOf(order),
    disputedMinor: order.disputed_minor,
    giftMinor: order.gift_minor,
    cancelledBy: new Map((keysOf.get(order.id) ?? []).map((row) => [row.key, row.fingerprint])),
  }));
}

type Refunded = Pick<
  LockedOrder,
  'refunded_minor' | 'refunded_tax_minor' | 'refunded_fee_minor' | 'refunded_fee_tax_minor'
>;

/** The sum of the refunds of an order, by whom it was taken from. */
export function refundedOf(order: Refunded): Split {
  const {
    refunded_tax_minor: taxMinor,
    refunded_fee_minor: feeMinor,
    refunded_fee_tax_minor: feeTaxMinor,
  } = order;
  return {
    organiserMinor: order.refunded_minor - taxMinor - feeMinor - feeTaxMinor,
    taxMinor,
    feeMinor,
    feeTaxMinor,
  };
}
