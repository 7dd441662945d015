/* How far the buyers of an event, and those who wait for it, know of its moves. */
import type { EventId, OrderId, WaitlistEntryId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

/** The mails about an event's moves up to a version: how far they are enqueued. */
export interface MoveTelling {
  version: number;
  toldTo: OrderId | null;
  /** The number in the line of the last person who is told; null while orders are left. */
  toldPlace: number | null;
  finished: boolean;
}

// A newer move starts again with the first order.
const lockTellingSql = `
  insert into move_tellings (event_id, version) values ($1, $2)
  on conflict (event_id) do update set version = excluded.version,
    told_to = case when move_tellings.version = excluded.version then move_tellings.told_to end,
    told_place = case when move_tellings.version = excluded.version then move_tellings.told_place end,
    finished_at = case when move_tellings.version = excluded.version then move_tellings.finished_at end
  returning told_to as "toldTo", told_place as "toldPlace", finished_at is not null as finished`;

/** Reads and locks how far the mails about the moves up to this version are enqueued. Two jobs take turns. */
export async function lockTelling(trx: Transaction, eventId: EventId, version: number): Promise<MoveTelling> {
  const [row] = await trx.query<Omit<MoveTelling, 'version'>>(lockTellingSql, [eventId, version]);
  return {
    version,
    toldTo: row?.toldTo ?? null,
    toldPlace: row?.toldPlace ?? null,
    finished: row?.finished ?? false,
  };
}

const moveTellingSql = `update move_tellings set told_to = $2, told_place = $3, finished_at = $4 where event_id = $1`;

export const moveTelling = (
  trx: Writes,
  eventId: EventId,
  { toldTo, toldPlace, finishedAt }: Pick<MoveTelling, 'toldTo' | 'toldPlace'> & { finishedAt: Date | null },
): void => trx.write(moveTellingSql, [eventId, toldTo, toldPlace, finishedAt]);

const toldSql = `select version from told_moves where reader_id = $1 and event_id = $2`;

/** Whoever is told: the buyer of an order, or a person in the line. */
export type ReaderId = OrderId | WaitlistEntryId;

/** The newest move that somebody knows of; 0 if none. */
export async function findToldMove(db: Queryable, readerId: ReaderId, eventId: EventId): Promise<number> {
  const [row] = await db.query<{ version: number }>(toldSql, [readerId, eventId]);
  return row?.version ?? 0;
}

const noteToldSql = `
  insert into told_moves (reader_id, event_id, version) values ($1, $2, $3)
  on conflict (reader_id, event_id) do update set version = greatest(told_moves.version, excluded.version)`;

export const noteToldMove = (
  db: Queryable,
  readerId: ReaderId,
  eventId: EventId,
  version: number,
): Promise<number> => db.run(noteToldSql, [readerId, eventId, version]);

const forgetRemindersSql = `
  delete from event_reminders where event_id = $1 and $2::timestamptz > $3::timestamptz + hours_ahead * interval '1 hour'`;

/** The event's buyers will be reminded once more of a new start, as far as the time for it has not come. */
export const forgetReminders = (trx: Writes, eventId: EventId, startsAt: Date, now: Date): void =>
  trx.write(forgetRemindersSql, [eventId, startsAt, now]);
