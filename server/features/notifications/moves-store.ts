/* How far the buyers of an event know of its moves. */
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

/** The mails about an event's moves up to a version: how far they are enqueued. */
interface MoveTelling {
  version: number;
  toldTo: OrderId | null;
  finished: boolean;
}

// A newer move starts again with the first order.
const lockTellingSql = `
  insert into move_tellings (event_id, version) values ($1, $2)
  on conflict (event_id) do update set version = excluded.version,
    told_to = case when move_tellings.version = excluded.version then move_tellings.told_to end,
    finished_at = case when move_tellings.version = excluded.version then move_tellings.finished_at end
  returning told_to as "toldTo", finished_at is not null as finished`;

/** Reads and locks how far the mails about the moves up to this version are enqueued. Two jobs take turns. */
export async function lockTelling(trx: Transaction, eventId: EventId, version: number): Promise<MoveTelling> {
  const [row] = await trx.query<Omit<MoveTelling, 'version'>>(lockTellingSql, [eventId, version]);
  return { version, toldTo: row?.toldTo ?? null, finished: row?.finished ?? false };
}

const moveTellingSql = `update move_tellings set told_to = $2, finished_at = $3 where event_id = $1`;

export const moveTelling = (
  trx: Writes,
  eventId: EventId,
  { toldTo, finishedAt }: { toldTo: OrderId | null; finishedAt: Date | null },
): void => trx.write(moveTellingSql, [eventId, toldTo, finishedAt]);

const toldSql = `select version from told_moves where order_id = $1 and event_id = $2`;

/** The newest move that the buyer of an order knows of; 0 if none. */
export async function findToldMove(db: Queryable, orderId: OrderId, eventId: EventId): Promise<number> {
  const [row] = await db.query<{ version: number }>(toldSql, [orderId, eventId]);
  return row?.version ?? 0;
}

const noteToldSql = `
  insert into told_moves (order_id, event_id, version) values ($1, $2, $3)
  on conflict (order_id, event_id) do update set version = greatest(told_moves.version, excluded.version)`;

export const noteToldMove = (
  db: Queryable,
  orderId: OrderId,
  eventId: EventId,
  version: number,
): Promise<number> => db.run(noteToldSql, [orderId, eventId, version]);

const forgetRemindersSql = `
  delete from event_reminders where event_id = $1 and $2::timestamptz > $3::timestamptz + hours_ahead * interval '1 hour'`;

/** The event's buyers will be reminded once more of a new start, as far as the time for it has not come. */
export const forgetReminders = (trx: Writes, eventId: EventId, startsAt: Date, now: Date): void =>
  trx.write(forgetRemindersSql, [eventId, startsAt, now]);
