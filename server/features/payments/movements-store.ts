import type { EventId, Id, OrderId, PaymentId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable } from '../../data/db.ts';
import { paymentIdOf } from './payment.ts';

/** Money that a buyer paid for an order, or that went back. */
export interface Movement {
  id: PaymentId | Id<'refund'>;
  orderId: OrderId;
  kind: 'payment' | 'refund';
  status: string;
  /** Why money went back; null for a payment. */
  reason: string | null;
  amountMinor: number;
  currency: Currency;
  provider: string;
  /** The provider's id of it; null while the provider has not answered. */
  reference: string | null;
  createdAt: Date;
  settledAt: Date | null;
}

// A payment of which no money came is left out. What gift cards paid is a payment of its own (giftPaymentIdOf). Each row is looked up by a key, so that no plan scans a table.
const ofOrders = `
  select movement.* from unnest((select $1::text[]), (select $2::text[])) with ordinality as wanted (order_id, payment_id, n)
  cross join lateral (
    select id, order_id as "orderId", 'payment' as kind, status, null as reason, amount_minor as "amountMinor", currency,
      provider, intent_ref as reference, created_at as "createdAt",
      case when status <> 'open' then updated_at end as "settledAt"
    from payments where id in (wanted.payment_id, 'pay_7' || substr(wanted.payment_id, 6)) and event_id = $3 and status in ('succeeded', 'refunded')
    union all
    select refunds.id, refunds.order_id, 'refund', refunds.status, reason, refunds.amount_minor, refunds.currency,
      payments.provider, provider_ref, refunds.created_at, settled_at
    from refunds join payments on payments.id = refunds.payment_id and payments.event_id = refunds.event_id
    where refunds.order_id = wanted.order_id and refunds.event_id = $3
  ) as movement
  order by n, "createdAt", id`;

export const selectMovements = (db: Queryable, eventId: EventId, orderIds: OrderId[]): Promise<Movement[]> =>
  db.query<Movement>(ofOrders, [orderIds, orderIds.map(paymentIdOf), eventId]);
