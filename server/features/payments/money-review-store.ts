import type { Id } from '../../../contract/ids.ts';
import type { Settlement } from '../../../contract/money-reviews.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { MoneyReviewId, MoneyReviewRow, UnmatchedMoney } from './money-review.ts';

const columns = `
  id, provider, reference, reason, direction, intent_ref as "intentRef", order_id as "orderId", event_id as "eventId",
  amount_minor as "amountMinor", currency, created_at as "createdAt", refund_ref as "refundRef", settlement, settled_at as "settledAt",
  settled_by as "settledBy", note,
  -- A refund of ours fails if somebody has refunded the same order at the provider meanwhile.
  (select coalesce(sum(other.amount_minor), 0)::bigint from money_reviews as other
    where other.order_id = money_reviews.order_id and other.settled_at is null
      and (money_reviews.reason, money_reviews.direction, other.reason, other.direction)
        in (('refund_failed', 'none', 'refund_by_hand', 'out'), ('refund_by_hand', 'out', 'refund_failed', 'none'))
  ) as "crossedMinor"`;

// One statement writes the review and its ledger entry, so neither exists without the other. A movement that is
// reported again finds its review and enters nothing.
const insertSql = `
  with review as (
    insert into money_reviews (id, provider, reference, reason, direction, intent_ref, order_id, event_id, amount_minor,
      currency, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (provider, reference) do nothing
    returning id, provider, direction, amount_minor, currency, created_at
  ), entered as (
    insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
    select $12, '', '', 'unmatched_' || direction,
      case direction when 'in' then 'provider:' || provider else 'review:' || id end,
      case direction when 'in' then 'review:' || id else 'provider:' || provider end,
      amount_minor, currency, created_at
    from review where direction <> 'none'
  )
  select id from review`;

/** False if the movement is already on the list. */
export async function insertMoneyReview(
  trx: Transaction,
  ids: { review: MoneyReviewId; transfer: Id<'transfer'> },
  provider: string,
  money: UnmatchedMoney,
  now: Date,
): Promise<boolean> {
  const { reference, reason, direction, intentRef, orderId, eventId, amountMinor, currency } = money;
  const values = [
    ids.review,
    provider,
    reference,
    reason,
    direction,
    intentRef,
    orderId,
    eventId,
    amountMinor,
    currency,
    now,
    ids.transfer,
  ];
  return (await trx.query(insertSql, values)).length > 0;
}

const isListedSql = `select from money_reviews where provider = $1 and reference = $2`;

export const isOnReviewList = async (db: Queryable, provider: string, reference: string): Promise<boolean> =>
  (await db.query(isListedSql, [provider, reference])).length > 0;

const listSql = `
  select ${columns} from money_reviews
  where (settled_at is null) = $1 and ($2::text is null or id < $2) order by id desc limit $3`;

/** Lists the latest first, starting before `cursor` if it is given. */
export const listMoneyReviews = (
  db: Queryable,
  wanted: { open: boolean; cursor: MoneyReviewId | null; limit: number },
): Promise<MoneyReviewRow[]> => db.query<MoneyReviewRow>(listSql, [wanted.open, wanted.cursor, wanted.limit]);

const lockSql = `select ${columns} from money_reviews where id = $1 for update`;

export async function lockMoneyReview(trx: Transaction, id: MoneyReviewId): Promise<MoneyReviewRow | null> {
  return (await trx.query<MoneyReviewRow>(lockSql, [id]))[0] ?? null;
}

const settleSql = `
  update money_reviews set settlement = $2, settled_at = $3, settled_by = $4, note = $5 where id = $1
  returning ${columns}`;

export async function settleMoneyReview(
  trx: Transaction,
  id: MoneyReviewId,
  settled: { settlement: Settlement; at: Date; by: Id<'user'>; note: string },
): Promise<MoneyReviewRow> {
  const { settlement, at, by, note } = settled;
  const [row] = await trx.query<MoneyReviewRow>(settleSql, [id, settlement, at, by, note]);
  return row as MoneyReviewRow;
}

const reopenSql = `
  update money_reviews set settlement = null, settled_at = null, settled_by = null, refund_ref = null, note = $2
  where id = $1`;

export const reopenMoneyReview = (trx: Transaction, id: MoneyReviewId, note: string): void =>
  trx.write(reopenSql, [id, note]);

const noteRefundSql = `update money_reviews set refund_ref = $2 where id = $1 and settlement = 'refund'`;

export const noteReviewRefund = (db: Queryable, id: MoneyReviewId, ref: string | null): Promise<number> =>
  db.run(noteRefundSql, [id, ref]);

const moveSql = `
  insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  values ($1, '', '', $2, $3, $4, $5, $6, $7)`;

export interface ReviewTransfer {
  id: Id<'transfer'>;
  kind: 'review_refund' | 'review_refund_reversal' | 'review_write_off';
  debit: string;
  credit: string;
}

export const moveReviewedMoney = (
  trx: Transaction,
  review: Pick<MoneyReviewRow, 'amountMinor' | 'currency'>,
  { id, kind, debit, credit }: ReviewTransfer,
  now: Date,
): void => trx.write(moveSql, [id, kind, debit, credit, review.amountMinor, review.currency, now]);

const countSql = `
  select reason, count(*)::int as open, extract(epoch from $1::timestamptz - min(created_at))::float8 as "oldestSeconds"
  from money_reviews where settled_at is null group by reason`;

export const countOpenMoneyReviews = (
  db: Queryable,
  now: Date,
): Promise<{ reason: string; open: number; oldestSeconds: number }[]> => db.query(countSql, [now]);
