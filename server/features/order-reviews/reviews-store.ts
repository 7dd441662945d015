/**
 * Lists read the tables of orders and the table of catalog with the event's title, because a page shows up to 100 of them. Only orders
 * that are still bought wait for a decision.
 */
import type { EventId, OrderId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { ScoreReason } from '../../../contract/order-reviews.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { forgetEndedSql } from './store.ts';

type Decision = 'confirmed' | 'refunded' | 'ended';

export interface ReviewRow {
  eventId: EventId;
  orderId: OrderId;
  organisationId: OrganisationId;
  score: number;
  reasons: ScoreReason[];
  heldUntil: Date;
  openedAt: Date;
  appeal: string | null;
  appealedAt: Date | null;
  decision: Decision | null;
  decidedAt: Date | null;
  decidedBy: UserId | null;
  reason: string | null;
}

/** A review with what a list shows of its order. */
export interface ListedReview extends ReviewRow {
  title: string;
  timeZone: string;
  buyerName: string;
  buyerEmail: string;
  totalMinor: number;
  currency: Currency;
  tickets: number;
}

const columns = `order_reviews.event_id as "eventId", order_reviews.order_id as "orderId",
  order_reviews.organisation_id as "organisationId", score, reasons, held_until as "heldUntil", opened_at as "openedAt", appeal,
  appealed_at as "appealedAt", decision, decided_at as "decidedAt", decided_by as "decidedBy", reason`;

const insertSql = `
  insert into order_reviews (event_id, order_id, organisation_id, score, reasons, held_until, opened_at)
  select $1, order_id, $2, score, reasons, held_until, $7
  from unnest($3::text[], $4::int[], $5::jsonb[], $6::timestamptz[]) as opened (order_id, score, reasons, held_until)
  on conflict do nothing`;

export const insertReviews = (
  trx: Writes,
  of: { eventId: EventId; organisationId: OrganisationId },
  reviews: Pick<ReviewRow, 'orderId' | 'score' | 'reasons' | 'heldUntil'>[],
  now: Date,
): void =>
  trx.write(insertSql, [
    of.eventId,
    of.organisationId,
    reviews.map(({ orderId }) => orderId),
    reviews.map(({ score }) => score),
    reviews.map(({ reasons }) => JSON.stringify(reasons)),
    reviews.map(({ heldUntil }) => heldUntil),
    now,
  ]);

const findSql = `select ${columns} from order_reviews where event_id = $1 and order_id = $2`;
const lockSql = `${findSql} for update`;

export const findReview = async (
  db: Queryable,
  of: { eventId: EventId; id: OrderId },
): Promise<ReviewRow | null> => (await db.query<ReviewRow>(findSql, [of.eventId, of.id]))[0] ?? null;

export const lockReview = async (
  trx: Transaction,
  of: { eventId: EventId; id: OrderId },
): Promise<ReviewRow | null> => (await trx.query<ReviewRow>(lockSql, [of.eventId, of.id]))[0] ?? null;

const decideSql = `
  update order_reviews set decision = $3, decided_at = $4, decided_by = $5, reason = $6
  where event_id = $1 and order_id = $2`;

export const decideReview = (
  trx: Writes,
  { eventId, orderId }: ReviewRow,
  made: { decision: Decision; at: Date; by: UserId | null; reason: string | null },
): void => trx.write(decideSql, [eventId, orderId, made.decision, made.at, made.by, made.reason]);

const appealSql = `update order_reviews set appeal = $3, appealed_at = $4 where event_id = $1 and order_id = $2`;

export const writeAppeal = (trx: Writes, { eventId, orderId }: ReviewRow, text: string, now: Date): void =>
  trx.write(appealSql, [eventId, orderId, text, now]);

const listedColumns = `${columns}, events.title, events.time_zone as "timeZone", buyer_name as "buyerName",
  buyer_email as "buyerEmail", total_minor as "totalMinor", orders.currency,
  (select sum((line ->> 'quantity')::int)::int from jsonb_array_elements(orders.lines) as line) as tickets`;
const listedTables = `order_reviews
  join orders on orders.id = order_reviews.order_id and orders.event_id = order_reviews.event_id
  join events on events.id = order_reviews.event_id`;

// Reads the tables of orders and the table of catalog: see above.
const listSql = `
  select ${listedColumns} from ${listedTables}
  where ($1::text is null or order_reviews.organisation_id = $1)
    and (decision is null and orders.status = 'confirmed') = $2
    and ($3::text is null or order_reviews.order_id < $3)
  order by order_reviews.order_id desc limit $4`;

export const selectReviews = (
  db: Queryable,
  wanted: { organisationId: OrganisationId | null; open: boolean; cursor: OrderId | null; limit: number },
): Promise<ListedReview[]> =>
  db.query(listSql, [wanted.organisationId, wanted.open, wanted.cursor, wanted.limit]);

// Reads the tables of orders and the table of catalog: see above.
const findListedSql = `
  select ${listedColumns} from ${listedTables}
  where order_reviews.event_id = $1 and order_reviews.order_id = $2`;

export const findListed = async (
  db: Queryable,
  { eventId, orderId }: Pick<ReviewRow, 'eventId' | 'orderId'>,
): Promise<ListedReview | null> =>
  (await db.query<ListedReview>(findListedSql, [eventId, orderId]))[0] ?? null;

const dueSql = `
  select event_id as "eventId", order_id as id from order_reviews
  where decision is null and held_until <= $1 order by held_until limit 100`;

/** Reviews whose time is over. */
export const selectDue = (db: Queryable, now: Date): Promise<{ eventId: EventId; id: OrderId }[]> =>
  db.query(dueSql, [now]);

const forgetSql = forgetEndedSql('order_reviews');

/** Deletes up to a thousand reviews of events that ended before an instant. */
export const deleteReviews = (db: Queryable, endedBefore: Date): Promise<number> =>
  db.run(forgetSql, [endedBefore]);

const ofOrdersSql = `
  select order_id as "orderId", opened_at as "openedAt", held_until as "heldUntil", appeal, appealed_at as "appealedAt", decision,
    decided_at as "decidedAt"
  from order_reviews where order_id = any($1::text[]) order by opened_at, order_id`;

/** The reviews of these orders, with what their buyers wrote. */
export const selectReviewsOf = (
  db: Queryable,
  orderIds: OrderId[],
): Promise<
  Pick<ReviewRow, 'orderId' | 'openedAt' | 'heldUntil' | 'appeal' | 'appealedAt' | 'decision' | 'decidedAt'>[]
> => db.query(ofOrdersSql, [orderIds]);

const countOpenSql = `
  select count(*)::int as count, max(opened_at) as "lastOpenedAt", min(held_until) as "heldUntil" from order_reviews
  where event_id = $1 and decision is null and held_until > $2`;

/** How many orders of an event wait for a decision, when the last one was opened, and when the first one is decided by itself. */
export async function countOpenReviews(
  db: Queryable,
  eventId: EventId,
  now: Date,
): Promise<{ count: number; lastOpenedAt: Date | null; heldUntil: Date | null }> {
  const [row] = await db.query<{ count: number; lastOpenedAt: Date | null; heldUntil: Date | null }>(
    countOpenSql,
    [eventId, now],
  );
  return row ?? { count: 0, lastOpenedAt: null, heldUntil: null };
}
