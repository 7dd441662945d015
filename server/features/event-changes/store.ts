import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { CancellationFailure, CancellationRun } from './cancelled-event.ts';

const insertRunSql = `insert into cancellation_runs (event_id, orders_total) values ($1, $2)`;

export const insertRun = (trx: Writes, eventId: EventId, ordersTotal: number): void =>
  trx.write(insertRunSql, [eventId, ordersTotal]);

const runSql = `
  select event_id as "eventId", orders_total as "ordersTotal", handled_to as "handledTo", finished_at as "finishedAt"
  from cancellation_runs where event_id = $1`;

export async function findRun(db: Queryable, eventId: EventId): Promise<CancellationRun | null> {
  const [run] = await db.query<CancellationRun>(runSql, [eventId]);
  return run ?? null;
}

export async function lockRun(trx: Transaction, eventId: EventId): Promise<CancellationRun | null> {
  const [run] = await trx.query<CancellationRun>(`${runSql} for update`, [eventId]);
  return run ?? null;
}

const moveRunSql = `update cancellation_runs set handled_to = $2, finished_at = $3 where event_id = $1`;

export const moveRun = (
  trx: Writes,
  { eventId, handledTo, finishedAt }: Omit<CancellationRun, 'ordersTotal'>,
): void => trx.write(moveRunSql, [eventId, handledTo, finishedAt]);

const insertFailuresSql = `
  insert into cancellation_failures (event_id, order_id, code, detail, failed_at)
  select $1, order_id, code, detail, $5 from unnest($2::text[], $3::text[], $4::text[]) as failure (order_id, code, detail)
  on conflict (event_id, order_id) do update set code = excluded.code, detail = excluded.detail, failed_at = excluded.failed_at`;

export function insertFailures(
  trx: Writes,
  eventId: EventId,
  failures: CancellationFailure[],
  now: Date,
): void {
  if (failures.length === 0) return;
  trx.write(insertFailuresSql, [
    eventId,
    failures.map(({ orderId }) => orderId),
    failures.map(({ code }) => code),
    failures.map(({ detail }) => detail),
    now,
  ]);
}

const failuresSql = `
  select order_id as "orderId", code, detail, count(*) over ()::int as count
  from cancellation_failures where event_id = $1 order by order_id limit $2`;

export async function listFailures(
  db: Queryable,
  eventId: EventId,
  limit: number,
): Promise<{ count: number; first: CancellationFailure[] }> {
  const rows = await db.query<CancellationFailure & { count: number }>(failuresSql, [eventId, limit]);
  return { count: rows[0]?.count ?? 0, first: rows };
}

const takeFailuresSql = `delete from cancellation_failures where event_id = $1 returning order_id`;

/** Removes the list of failures before a retry. Returns the orders. */
export const takeFailures = async (trx: Transaction, eventId: EventId): Promise<OrderId[]> =>
  (await trx.query<{ order_id: OrderId }>(takeFailuresSql, [eventId])).map(({ order_id }) => order_id);
