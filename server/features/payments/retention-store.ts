import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { paymentIdOf } from './payment.ts';

// An order is left out if a payment or refund of it is under way, changed since `before` ($3) or locked by somebody else,
// if money of it moved since then, or if a person has not settled its entry on the list of unmatched money, which has
// disputes and failed refunds too.
const lockSettled = `
  with locked_refunds as materialized (
    select id, order_id from refunds
    where event_id = $1 and order_id = any($2::text[]) and status <> 'pending' and coalesce(settled_at, created_at) < $3
    order by id for update skip locked
  ), locked_payments as materialized (
    select id, order_id from payments
    where event_id = $1 and id = any($4::text[]) and status <> 'open' and updated_at < $3
    order by id for update skip locked
  )
  select asked.order_id as id
  from unnest($2::text[], $4::text[]) as asked (order_id, payment_id)
  where (select count(*) from refunds where refunds.event_id = $1 and refunds.order_id = asked.order_id)
      = (select count(*) from locked_refunds where locked_refunds.order_id = asked.order_id)
    and (select count(*) from payments where payments.event_id = $1 and payments.id = asked.payment_id)
      = (select count(*) from locked_payments where locked_payments.order_id = asked.order_id)
    and not exists (
      select from transfers
      where transfers.order_id = asked.order_id and transfers.event_id = $1 and transfers.created_at >= $3)
    and not exists (
      select from disputes
      where disputes.order_id = asked.order_id
        and (status in ('needs_response', 'under_review') and kind <> 'fraud_warning' or seen_at >= $3))
    and not exists (
      select from money_reviews as review
      where review.order_id = asked.order_id and (review.settled_at is null or review.settled_at >= $3))`;
export const lockSettledPayments = async (
  trx: Transaction,
  eventId: EventId,
  orderIds: OrderId[],
  before: Date,
): Promise<OrderId[]> =>
  (await trx.query<{ id: OrderId }>(lockSettled, [eventId, orderIds, before, orderIds.map(paymentIdOf)])).map(
    ({ id }) => id,
  );

// Marks the transaction for triggers that keep entries of the ledger from every other deletion.
const allowSql = `select set_config('admit.retention', 'on', true)`;

const deletes = ['transfers', 'disputes', 'disputed_money', 'refunds', 'payments'].map(
  (table) => `delete from ${table} where event_id = $1 and order_id = any($2::text[])`,
);
/** Deletes the payments and refunds of orders with all entries of the ledger that name them. */
export function deletePayments(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(allowSql);
  for (const sql of deletes) trx.write(sql, [eventId, orderIds]);
}

// All entries of a review's account go with it. A settled review's account is empty, so the others still balance.
const deleteReviews = `
  with old as (
    delete from money_reviews where id in (
      select id from money_reviews where settled_at < $1 limit 500 for update skip locked)
    returning 'review:' || id as account
  ), entries as (
    delete from transfers using old where debit = account or credit = account
  )
  select account from old`;
/** Deletes reviews of unmatched money that were settled before this instant. Returns their number. */
export async function deleteSettledReviews(trx: Transaction, before: Date): Promise<number> {
  trx.write(allowSql);
  return (await trx.query(deleteReviews, [before])).length;
}
