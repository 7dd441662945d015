import type { Id, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import type { RefundReason } from '../orders/order-mails.ts';

/** A refund in our books. */
interface RefundRow {
  id: Id<'refund'>;
  amountMinor: number;
  reason: RefundReason;
  status: 'pending' | 'succeeded' | 'failed';
  /** The decision that it follows from; null if the payment bought nothing. */
  cancellationId: Id<'cancellation'> | null;
  createdAt: Date;
  settledAt: Date | null;
}

const ofOrder = `
  select id, amount_minor as "amountMinor", reason, status, cancellation_id as "cancellationId", created_at as "createdAt",
    settled_at as "settledAt"
  from refunds where order_id = $1 order by id desc`;

export const selectRefundsOfOrder = (db: Queryable, orderId: OrderId): Promise<RefundRow[]> =>
  db.query<RefundRow>(ofOrder, [orderId]);
