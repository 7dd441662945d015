import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Decided } from './list-decided.ts';
import { type Cancellation, causeOf } from './record-cancellations.ts';
import type { StoredSoldAs } from './sold-as.ts';

/** An order that is being cancelled. The parts of `refunded_minor` that are not the organiser's have a column each. */
export interface LockedOrder {
  id: OrderId;
  refunded_minor: number;
  refunded_tax_minor: number;
  refunded_fee_minor: number;
  refunded_fee_tax_minor: number;
  disputed_minor: number;
  /** What gift cards paid of it. */
  gift_minor: number;
  sold_as: StoredSoldAs;
}

// Locks in the order of the ids, as every transaction that locks several orders. Writes of rows that reference an
// order need not wait. The earlier orders of an exchange are locked with its order, because they may give back money too.
const lockSql = `
  select id, refunded_minor, refunded_tax_minor, refunded_fee_minor, refunded_fee_tax_minor, disputed_minor, sold_as,
    coalesce((lines -> 0 ->> 'giftMinor')::bigint, 0) as gift_minor
  from orders
  where id = any($1::text[] || array(
    select unnest(credit_order_ids) from ticket_exchanges where order_id = any($1::text[])))
  order by id for no key update`;

/** Locks orders until the transaction ends, and returns the sum of each one's refunds. */
export const lockForCancelling = (trx: Queryable, orderIds: OrderId[]): Promise<LockedOrder[]> =>
  trx.query(lockSql, [orderIds]);

const keysSql = `
  select order_id, idempotency_key as key, fingerprint from cancellations
  where order_id = any($1::text[]) and idempotency_key is not null`;

/** Reads the Idempotency-Keys of these orders' earlier cancellations. */
export const selectKeys = (
  trx: Queryable,
  orderIds: OrderId[],
): Promise<{ order_id: OrderId; key: string; fingerprint: string }[]> => trx.query(keysSql, [orderIds]);

const decidedSql = `
  select id, reason, shares, keeps_tickets as "keepsTickets", idempotency_key as key from cancellations where order_id = $1`;

export const selectDecided = (db: Queryable, orderId: OrderId): Promise<Decided[]> =>
  db.query<Decided>(decidedSql, [orderId]);

const insertSql = `
  insert into cancellations (id, event_id, order_id, cause, reason, refund_minor, shares, keeps_tickets, idempotency_key, fingerprint,
    created_at)
  select id, event_id, order_id, cause, reason, refund_minor, shares, keeps_tickets, key, fingerprint, $7
  from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $8::text[], $9::text[], $10::jsonb[],
    $11::boolean[])
    as made (id, event_id, order_id, refund_minor, key, fingerprint, cause, reason, shares, keeps_tickets)`;

// Several commands of a batch may cancel parts of one order, but a statement changes a row only once, so this sums
// first. The check on refunded_minor fails the transaction if refunds would exceed the payment.
const cancelSql = `
  update orders set refunded_minor = refunded_minor + made.refund_minor,
    refunded_tax_minor = refunded_tax_minor + made.tax_minor,
    refunded_fee_minor = refunded_fee_minor + made.fee_minor,
    refunded_fee_tax_minor = refunded_fee_tax_minor + made.fee_tax_minor,
    status = case when made.is_last then 'cancelled' else status end,
    closed_at = case when made.is_last then $5 else closed_at end
  from (
    select order_id, event_id, sum(refund_minor) as refund_minor, bool_or(is_last) as is_last, sum(tax_minor) as tax_minor,
      sum(fee_minor) as fee_minor, sum(fee_tax_minor) as fee_tax_minor
    from unnest($1::text[], $2::text[], $3::bigint[], $4::bool[], $6::bigint[], $7::bigint[], $8::bigint[])
      as made (order_id, event_id, refund_minor, is_last, tax_minor, fee_minor, fee_tax_minor)
    group by order_id, event_id
  ) as made
  where orders.id = made.order_id and orders.event_id = made.event_id`;

export function insertCancellations(trx: Writes, made: Cancellation[], now: Date): void {
  if (made.length === 0) return;
  const orderIds = made.map(({ hold }) => orderIdOf(hold.id));
  const eventIds = made.map(({ hold }) => hold.eventId);
  const refunds = made.map(({ refundMinor }) => refundMinor);
  trx.write(insertSql, [
    made.map(({ id }) => id),
    eventIds,
    orderIds,
    refunds,
    made.map(({ command }) => command.retry?.key ?? null),
    made.map(({ command }) => command.retry?.fingerprint ?? null),
    now,
    made.map(causeOf),
    made.map(({ command }) => (command.kind === 'refund' ? command.reason : null)),
    made.map(({ shares }) => JSON.stringify(shares)),
    made.map(({ positions }) => positions.length === 0),
  ]);
  trx.write(cancelSql, [
    orderIds,
    eventIds,
    refunds,
    made.map(({ isLast }) => isLast),
    now,
    made.map(({ refundSplit }) => refundSplit.taxMinor),
    made.map(({ refundSplit }) => refundSplit.feeMinor),
    made.map(({ refundSplit }) => refundSplit.feeTaxMinor),
  ]);
}
