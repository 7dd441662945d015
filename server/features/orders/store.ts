import type { EventId, HoldId, OrderId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Currency } from '../../../contract/money.ts';
import type { OrderOrigin } from '../../../contract/order-origins.ts';
import type { Order } from '../../../contract/orders.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import type { HoldLine, HoldRecord } from '../inventory/inventory.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { OrderDraft, RefundCause } from '../inventory/order-command.ts';
import { orderFeeOf } from '../sale/split.ts';
import { othersOrders } from './access-store.ts';
import { type OrderRecord, orderNumber } from './orders.ts';
import { type SoldAs, type StoredSoldAs, showSoldAs, toSoldAs } from './sold-as.ts';

export interface OrderRow {
  id: OrderId;
  event_id: EventId;
  hold_id: HoldId;
  buyer_id: UserId;
  status: OrderRecord['status'];
  buyer_name: string;
  buyer_email: string;
  attendees: { name: string }[] | null;
  lines: HoldLine[];
  sold_as: StoredSoldAs;
  total_minor: number;
  refunded_minor: number;
  disputed_minor: number;
  has_disputes: boolean;
  currency: Currency;
  problem: Order['problem'];
  return_url: string | null;
  pay_by: OrderRecord['payBy'];
  language: Language;
  origin: OrderOrigin;
  link_version: number;
  expires_at: Date;
  created_at: Date;
  confirmed_at: Date | null;
}

export const columns = `id, event_id, hold_id, buyer_id, status, buyer_name, buyer_email, attendees, lines, sold_as, total_minor,
  refunded_minor, disputed_minor, has_disputes, currency, problem, return_url, pay_by, language, origin, link_version, expires_at, created_at, confirmed_at`;

export const toOrder = (row: OrderRow): OrderRecord => ({
  id: row.id,
  number: orderNumber(row.id),
  eventId: row.event_id,
  holdId: row.hold_id,
  buyerId: row.buyer_id,
  status: row.status,
  buyerName: row.buyer_name,
  buyerEmail: row.buyer_email,
  attendees: row.attendees,
  lines: row.lines,
  soldAs: toSoldAs(row.sold_as),
  totalMinor: row.total_minor,
  refundedMinor: row.refunded_minor,
  disputedMinor: row.disputed_minor,
  hasDisputes: row.has_disputes,
  currency: row.currency,
  problem: row.problem,
  returnUrl: row.return_url,
  payBy: row.pay_by,
  language: row.language,
  origin: row.origin,
  linkVersion: row.link_version,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  confirmedAt: row.confirmed_at,
});

const insertSql = `
  insert into orders (id, event_id, hold_id, buyer_id, status, buyer_name, buyer_email, attendees, lines, sold_as,
    total_minor, fee_minor, currency, return_url, language, invoice_address, expires_at, created_at)
  select id, event_id, hold_id, buyer_id, 'pending', buyer_name, buyer_email, attendees, lines, $15::jsonb,
    total_minor, fee_minor, currency, return_url, language, invoice_address, expires_at, $14::timestamptz
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[], $9::bigint[],
    $10::text[], $11::text[], $12::text[], $13::timestamptz[], $16::bigint[], $17::jsonb[])
    as placed (id, event_id, hold_id, buyer_id, buyer_name, buyer_email, attendees, lines, total_minor, currency,
      return_url, language, expires_at, fee_minor, invoice_address)`;

/** Writes the orders of one event, which are all sold on the same terms. */
export function insertOrders(
  trx: Writes,
  placed: { hold: HoldRecord; draft: OrderDraft }[],
  soldAs: SoldAs,
  now: Date,
): void {
  if (placed.length === 0) return;
  trx.write(insertSql, [
    placed.map(({ hold }) => orderIdOf(hold.id)),
    placed.map(({ hold }) => hold.eventId),
    placed.map(({ hold }) => hold.id),
    placed.map(({ hold }) => hold.buyerId),
    placed.map(({ draft }) => draft.buyerName),
    placed.map(({ draft }) => draft.buyerEmail),
    placed.map(({ draft }) => draft.attendees && JSON.stringify(draft.attendees)),
    placed.map(({ hold }) => JSON.stringify(hold.lines)),
    placed.map(({ hold }) => hold.totalMinor),
    placed.map(({ hold }) => hold.currency),
    placed.map(({ draft }) => draft.returnUrl),
    placed.map(({ draft }) => draft.language),
    placed.map(({ hold }) => hold.expiresAt),
    now,
    JSON.stringify(showSoldAs(soldAs)),
    placed.map(({ hold }) => orderFeeOf(hold.lines).feeMinor),
    placed.map(({ draft }) => draft.invoiceAddress && JSON.stringify(draft.invoiceAddress)),
  ]);
}

const confirmSql = `
  update orders set status = 'confirmed', lines = paid.lines, confirmed_at = $4, problem = null
  from unnest($1::text[], $2::text[], $3::jsonb[]) as paid (id, event_id, lines)
  where orders.id = paid.id and orders.event_id = paid.event_id`;

export function confirmOrders(trx: Writes, holds: HoldRecord[], now: Date): void {
  if (holds.length === 0) return;
  trx.write(confirmSql, [
    holds.map((hold) => orderIdOf(hold.id)),
    holds.map((hold) => hold.eventId),
    holds.map((hold) => JSON.stringify(hold.lines)),
    now,
  ]);
}

const endSql = `
  update orders set status = ended.status, closed_at = $4
  from unnest($1::text[], $2::text[], $3::text[]) as ended (id, event_id, status)
  where orders.id = ended.id and orders.event_id = ended.event_id and orders.status = 'pending'`;

export function endOrders(trx: Writes, ended: { hold: HoldRecord; as: string }[], now: Date): void {
  if (ended.length === 0) return;
  trx.write(endSql, [
    ended.map(({ hold }) => orderIdOf(hold.id)),
    ended.map(({ hold }) => hold.eventId),
    ended.map(({ as }) => as),
    now,
  ]);
}

const unboughtSql = `
  update orders set problem = unbought.cause || '_refunded'
  from unnest($1::text[], $2::text[], $3::text[]) as unbought (id, event_id, cause)
  where orders.id = unbought.id and orders.event_id = unbought.event_id`;

/** Records why the payments of these orders could not buy anything. */
export function markUnbought(trx: Writes, orders: { hold: HoldRecord; cause: RefundCause }[]): void {
  if (orders.length === 0) return;
  trx.write(unboughtSql, [
    orders.map(({ hold }) => orderIdOf(hold.id)),
    orders.map(({ hold }) => hold.eventId),
    orders.map(({ cause }) => cause),
  ]);
}

const declinedSql = `update orders set problem = 'declined' where id = $1 and status = 'pending'`;

/** Records a declined card. True while the order waits for its payment. */
export async function markDeclined(db: Queryable, orderId: OrderId): Promise<boolean> {
  return (await db.run(declinedSql, [orderId])) > 0;
}

// The array comes out of a sub-select, which hides its length from the planner, so it plans once and not for each call.
// Each id has its own look-up by the primary key.
const findSql = `
  select found.* from unnest((select $1::text[])) as wanted (id)
  cross join lateral (select ${columns} from orders where orders.id = wanted.id offset 0) as found`;

/** Finds an order; null if there is none. Concurrent calls share a query. */
export const findOrder = gatherPerDb(async (db, ids: OrderId[]): Promise<(OrderRecord | null)[]> => {
  const rows = await db.query<OrderRow>(findSql, [[...new Set(ids)]]);
  const found = new Map(rows.map((row) => [row.id, row]));
  // Each caller gets a record of its own.
  return ids.map((id) => {
    const row = found.get(id);
    return row ? toOrder(row) : null;
  });
}, 200);

// The index orders_of_buyer has the ids in this order. The page starts after the last order that was shown.
const listSql = `
  select ${columns} from orders
  where id in (
    (select id from orders where buyer_id = $1 and ($2::text is null or id < $2) order by id desc limit $3)
    union all (${othersOrders}))
    and ($2::text is null or id < $2)
  order by id desc
  limit $3`;

/** The orders that the account placed and those for which it acts (access-store.ts). */
export async function listOrdersOf(
  db: Queryable,
  buyerId: UserId,
  before: OrderId | null,
  limit: number,
): Promise<OrderRecord[]> {
  return (await db.query<OrderRow>(listSql, [buyerId, before, limit])).map(toOrder);
}

// Locks in the order of the ids, as every transaction that locks several orders.
const moveSql = `
  with locked as materialized (select id from orders where buyer_id = $1 order by id for no key update)
  update orders set buyer_id = $2 from locked where orders.id = locked.id and orders.buyer_id = $1`;

export const moveOrders = (trx: Transaction, from: UserId, to: UserId): Promise<number> =>
  trx.run(moveSql, [from, to]);
