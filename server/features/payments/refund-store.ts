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
  /** The team gives the money back, and no provider. */
  isByHand: boolean;
  createdAt: Date;
  settledAt: Date | null;
}

const ofOrder = `
  select refunds.id, refunds.amount_minor as "amountMinor", reason, refunds.status, cancellation_id as "cancellationId",
    refunds.created_at as "createdAt", settled_at as "settledAt", payments.provider in ('cash', 'card_terminal', 'bank_transfer') as "isByHand"
  from refunds join payments on payments.id = refunds.payment_id and payments.event_id = refunds.event_id
  where refunds.order_id = $1 order by refunds.id desc`;

export const selectRefundsOfOrder = (db: Queryable, orderId: OrderId): Promise<RefundRow[]> =>
  db.query<RefundRow>(ofOrder, [orderId]);
