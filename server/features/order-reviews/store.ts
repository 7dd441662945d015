import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { ScoreReason } from '../../../contract/order-reviews.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { Mark } from '../inventory/marks.ts';

/** A bought order, with what its score needs. */
export interface BoughtOrder {
  id: OrderId;
  email: string;
  secondsToOrder: number;
  /** Of the account's latest session; null if it has none. */
  userAgent: string | null;
}

// Reads the table of orders, the table of inventory with its hold and the table of accounts with the sessions of the buyer,
// because one job scores up to 20 orders and each has a look-up by its keys.
const readSql = `
  select orders.id, buyer_email as email,
    extract(epoch from orders.created_at - holds.created_at)::float8 as "secondsToOrder",
    (select user_agent from sessions where user_id = orders.buyer_id order by sessions.created_at desc limit 1) as "userAgent"
  from unnest($2::text[]) as wanted (id)
  join orders on orders.id = wanted.id and orders.event_id = $1
  join holds on holds.id = orders.hold_id and holds.event_id = orders.event_id
  where origin = 'online' and not exists (
    select from order_scores where order_scores.event_id = orders.event_id and order_scores.order_id = orders.id)
  order by orders.id`;

/** Those of these orders that buyers placed themselves and that have no score yet. */
export const readUnscored = (db: Queryable, eventId: EventId, ids: OrderId[]): Promise<BoughtOrder[]> =>
  db.query(readSql, [eventId, ids]);

// Reads the table of orders and the table of inventory with its hold, because one job looks at thousands of orders. The condition
// on the total is that of the index.
const readBoughtSql = `
  select orders.id as "orderId", card::float8 as card
  from orders join holds on holds.id = orders.hold_id and holds.event_id = orders.event_id
  where orders.event_id = $1 and orders.id > $2 and orders.total_minor >= 0 and orders.status = 'confirmed' and origin = 'online'
  order by orders.id limit 200`;

/** The next 200 bought orders of the event after this one, with the mark of the card. */
export const readBought = (
  db: Queryable,
  eventId: EventId,
  after: string,
): Promise<{ orderId: OrderId; card: Mark | null }[]> => db.query(readBoughtSql, [eventId, after]);

const lockSql = `select pg_advisory_xact_lock(hashtextextended('scores of ' || $1, 0))`;

/** Until the transaction ends, no other transaction scores orders of the event. So of two orders, one sees the other. */
export const lockScores = (trx: Queryable, eventId: EventId): Promise<number> => trx.run(lockSql, [eventId]);

const insertMarksSql = `
  insert into order_marks (event_id, mark, order_id)
  select $1, mark, order_id from unnest($2::bigint[], $3::text[]) as new_mark (mark, order_id)
  on conflict do nothing`;

export const insertMarks = (trx: Writes, eventId: EventId, marks: { mark: Mark; orderId: OrderId }[]): void =>
  trx.write(insertMarksSql, [eventId, marks.map(({ mark }) => mark), marks.map(({ orderId }) => orderId)]);

// Counts accounts by the table of orders, because a guest's orders move to the account that the guest signs in to. Looks at 500
// orders at most: more accounts say no more.
const countSql = `
  select wanted.mark::float8 as mark, (
    select count(distinct buyer_id)::int
    from (select order_id from order_marks where event_id = $1 and order_marks.mark = wanted.mark limit 500) as marked
    join orders on orders.id = marked.order_id and orders.event_id = $1
  ) as accounts
  from unnest($2::bigint[]) as wanted (mark)`;

/** How many accounts have bought orders of the event with each mark. */
export async function countAccounts(
  trx: Queryable,
  eventId: EventId,
  marks: Mark[],
): Promise<Map<Mark, number>> {
  const rows = await trx.query<{ mark: Mark; accounts: number }>(countSql, [eventId, [...new Set(marks)]]);
  return new Map(rows.map(({ mark, accounts }) => [mark, accounts]));
}

/** An order's score. */
export interface OrderScore {
  orderId: OrderId;
  score: number;
  reasons: ScoreReason[];
}

const insertScoresSql = `
  insert into order_scores (order_id, event_id, score, reasons, scored_at)
  select order_id, $1, score, reasons, $5
  from unnest($2::text[], $3::int[], $4::jsonb[]) as scored (order_id, score, reasons)`;

export const insertScores = (trx: Writes, eventId: EventId, scores: OrderScore[], now: Date): void =>
  trx.write(insertScoresSql, [
    eventId,
    scores.map(({ orderId }) => orderId),
    scores.map(({ score }) => score),
    scores.map(({ reasons }) => JSON.stringify(reasons)),
    now,
  ]);

/**
 * Deletes up to a thousand rows of a table of this feature, about events that ended before $1. Reads the table of catalog with the
 * end of each event. Only events with such rows are looked at, and each night they go.
 */
export const forgetEndedSql = (table: string): string => `
  delete from ${table} where ctid in (
    select ${table}.ctid from ${table} join events on events.id = ${table}.event_id
    where events.ends_at < $1 limit 1000)`;
const forgetMarksSql = forgetEndedSql('order_marks');
const forgetScoresSql = forgetEndedSql('order_scores');

/** Deletes up to a thousand marks of events that have ended. */
export const deleteMarks = (db: Queryable, endedBefore: Date): Promise<number> =>
  db.run(forgetMarksSql, [endedBefore]);

/** Deletes up to a thousand scores of events that have ended. */
export const deleteScores = (db: Queryable, endedBefore: Date): Promise<number> =>
  db.run(forgetScoresSql, [endedBefore]);
