/* The refunds of a cancelled event: how many wait or failed, and repeating those that failed. */
import type { EventId, Id, OrderId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { MoneyReviewId } from './money-review.ts';

const pendingSql = `
  select count(*)::int as count from refunds where event_id = $1 and reason = 'event_cancelled' and status = 'pending'`;

export async function countPending(db: Queryable, eventId: EventId): Promise<number> {
  const [row] = await db.query<{ count: number }>(pendingSql, [eventId]);
  return row?.count ?? 0;
}

// A refund that failed counts until a person has settled its entry on the list of unmatched money.
const failedSql = `
  from refunds join money_reviews on money_reviews.reference = refunds.id and money_reviews.settled_at is null
  where refunds.event_id = $1 and refunds.reason = 'event_cancelled' and refunds.status = 'failed' and repeated_by is null
  order by refunds.id`;
const listFailedSql = `
  select refunds.order_id as "orderId", refunds.amount_minor as "amountMinor", refunds.currency, count(*) over ()::int as count
  ${failedSql} limit $2`;

export interface FailedRefund {
  orderId: OrderId;
  amountMinor: number;
  currency: Currency;
}

export async function listFailed(
  db: Queryable,
  eventId: EventId,
  limit: number,
): Promise<{ failed: number; failures: FailedRefund[] }> {
  const rows = await db.query<FailedRefund & { count: number }>(listFailedSql, [eventId, limit]);
  return { failed: rows[0]?.count ?? 0, failures: rows };
}

const lockFailedSql = `
  select refunds.id as "refundId", money_reviews.id as "reviewId" ${failedSql} for no key update of money_reviews`;

/** Locks the entries of failed refunds on the list of unmatched money, so that nobody else settles them. */
export const lockFailedRefunds = (
  trx: Transaction,
  eventId: EventId,
): Promise<{ refundId: Id<'refund'>; reviewId: MoneyReviewId }[]> => trx.query(lockFailedSql, [eventId]);

// The failed refund's entries were reversed, so the new refund enters the same ones again.
const repeatSql = `
  with repeated as (select * from unnest($1::text[], $2::text[]) as repeated (old_id, new_id)),
  marked as (update refunds set repeated_by = new_id from repeated where refunds.id = old_id),
  opened as (
    insert into refunds (id, event_id, order_id, payment_id, amount_minor, currency, reason, cancellation_id, status, created_at, repeats)
    select new_id, event_id, order_id, payment_id, amount_minor, currency, reason, cancellation_id, 'pending', $3, old_id
    from repeated join refunds on refunds.id = old_id
  )
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(new_id, 5), part, event_id, order_id, 'refund', debit, credit, amount_minor, currency, $3
  from repeated join transfers on transfers.id = 'trf_' || substr(old_id, 5) and transfers.kind = 'refund'`;

export function repeatFailed(
  trx: Writes,
  repeated: { refundId: Id<'refund'>; newId: Id<'refund'> }[],
  now: Date,
): void {
  if (repeated.length === 0) return;
  trx.write(repeatSql, [repeated.map(({ refundId }) => refundId), repeated.map(({ newId }) => newId), now]);
}

const waitingSql = `
  select id from refunds where event_id = $1 and reason = 'event_cancelled' and status = 'pending' order by id`;

export const selectWaiting = async (db: Queryable, eventId: EventId): Promise<Id<'refund'>[]> =>
  (await db.query<{ id: Id<'refund'> }>(waitingSql, [eventId])).map(({ id }) => id);
