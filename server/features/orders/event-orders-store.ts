/* Reads the orders of one event in portions and as sums. */
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type OrderRecord, orderNumber } from './orders.ts';

// `total_minor >= 0` is true of every order. It lets the planner use orders_of_event (0023_reminders.sql).
const confirmedOfEvent = `
  select id from orders
  where event_id = $1 and id > coalesce($2, '') and total_minor >= 0 and status = 'confirmed'
  order by id limit $3`;

export const selectConfirmed = async (
  db: Queryable,
  eventId: EventId,
  after: OrderId | null,
  limit: number,
): Promise<OrderId[]> =>
  (await db.query<{ id: OrderId }>(confirmedOfEvent, [eventId, after, limit])).map(({ id }) => id);

const countOfEvent = `
  select count(*)::int as count from orders
  where event_id = $1 and id > coalesce($2, '') and total_minor >= 0 and status = 'confirmed'`;

export async function countConfirmed(
  db: Queryable,
  eventId: EventId,
  after: OrderId | null,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(countOfEvent, [eventId, after]);
  return row?.count ?? 0;
}

// Counts the table of tickets, because a single number does not deserve to read ten thousand orders' tickets one by one. Extras, which
// are in the table of sale, are no tickets.
const sumOfEvent = `
  select count(*)::int as orders, count(distinct nullif(lower(buyer_email), ''))::int as buyers,
    coalesce(sum(total_minor - refunded_minor), 0)::float8 as "refundableMinor",
    (select count(*)::int from tickets where event_id = $1 and cancelled_at is null and ticket_type_id not in (
      select id from ticket_types where ticket_types.event_id = $1 and product_id is not null)) as tickets
  from orders where event_id = $1 and total_minor >= 0 and status = 'confirmed'`;

export async function sumConfirmed(
  db: Queryable,
  eventId: EventId,
): Promise<{ orders: number; buyers: number; tickets: number; refundableMinor: number }> {
  const [row] = await db.query<{ orders: number; buyers: number; tickets: number; refundableMinor: number }>(
    sumOfEvent,
    [eventId],
  );
  return row ?? { orders: 0, buyers: 0, tickets: 0, refundableMinor: 0 };
}

/** An order without what the event was at its sale, which is the largest part of an order's row. */
export type ExportedOrder = Pick<
  OrderRecord,
  | 'id'
  | 'number'
  | 'status'
  | 'buyerName'
  | 'buyerEmail'
  | 'lines'
  | 'totalMinor'
  | 'refundedMinor'
  | 'disputedMinor'
  | 'currency'
  | 'language'
  | 'origin'
  | 'expiresAt'
  | 'createdAt'
  | 'confirmedAt'
>;

// Reads by the index orders_of_event, so a portion in the middle of 100,000 orders costs as much as the first.
const portionSql = `
  select id, status, buyer_name as "buyerName", buyer_email as "buyerEmail", lines, total_minor as "totalMinor",
    refunded_minor as "refundedMinor", disputed_minor as "disputedMinor", currency, language, origin, expires_at as "expiresAt",
    created_at as "createdAt", confirmed_at as "confirmedAt"
  from orders
  where event_id = $1 and id > coalesce($2, '') and total_minor >= 0
  order by id limit $3`;

export const selectPortion = async (
  db: Queryable,
  eventId: EventId,
  after: OrderId | null,
  limit: number,
): Promise<ExportedOrder[]> =>
  (await db.query<Omit<ExportedOrder, 'number'>>(portionSql, [eventId, after, limit])).map((row) => ({
    ...row,
    number: orderNumber(row.id),
  }));
