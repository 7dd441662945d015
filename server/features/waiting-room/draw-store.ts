import type { EventId, QueueEntryId } from '../../../contract/ids.ts';
import type { QueueLane } from '../../../contract/waiting-room.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';

/** The SQL of the draw (draw-room.ts). */

const beginSql = `
  update waiting_rooms set draw_until = $3
  where event_id = $1 and phase = 'closed' and (draw_until is null or draw_until <= $2)
  returning seed, beacon, drawn, lanes`;

interface DrawTerms {
  seed: string;
  beacon: string | null;
  drawn: number;
  lanes: QueueLane[];
}

/** Undertakes to draw until this instant. Null if the draw is done, or another process draws now. */
export async function beginDraw(
  db: Queryable,
  eventId: EventId,
  now: Date,
  until: Date,
): Promise<DrawTerms | null> {
  const [terms] = await db.query<DrawTerms>(beginSql, [eventId, now, until]);
  return terms ?? null;
}

const goOnSql = `update waiting_rooms set draw_until = $2 where event_id = $1 and phase = 'closed'`;
/** False if the draw is over, for example because the event was cancelled. */
export const goOnDrawing = async (db: Queryable, eventId: EventId, until: Date): Promise<boolean> =>
  (await db.run(goOnSql, [eventId, until])) > 0;

const listSql = `
  select id, salt, lane from queue_entries where event_id = $1 and in_draw and id > $2 order by id limit 50000`;

interface ListEntry {
  id: QueueEntryId;
  salt: string;
  lane: string | null;
}

/** The entries of a closed list, in the order of their ids. A closed list does not change, so it is read in portions. */
export async function readList(db: Reads, eventId: EventId): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for (;;) {
    const portion = await db.query<ListEntry>(listSql, [eventId, entries.at(-1)?.id ?? '']);
    if (portion.length === 0) return entries;
    for (const entry of portion) entries.push(entry);
  }
}

const lockSql = `select pg_advisory_xact_lock(hashtextextended('admit draw ' || $1, 0))`;
const positionsSql = `
  update queue_entries set position = drawn.place
  from unnest($2::text[], $3::bigint[]) as drawn (id, place)
  where event_id = $1 and queue_entries.id = drawn.id and position is null`;

/** Gives these entries their positions. Those that have one keep it: it is the same. */
export async function writePositions(
  trx: Transaction,
  eventId: EventId,
  placed: { id: QueueEntryId; position: number }[],
): Promise<void> {
  // A guest who signs in takes this lock before the room's (move-entries.ts), and so never holds the room while it waits for a place.
  await trx.query(lockSql, [eventId]);
  await trx.run(positionsSql, [eventId, placed.map(({ id }) => id), placed.map(({ position }) => position)]);
}

const openSql = `
  update waiting_rooms set phase = 'open', drawn_at = $2, draw_until = null, version = version + 1
  where event_id = $1 and phase = 'closed'`;
export const openDrawn = async (db: Queryable, eventId: EventId, now: Date): Promise<boolean> =>
  (await db.run(openSql, [eventId, now])) > 0;

const letOthersSql = `update waiting_rooms set draw_until = null where event_id = $1 and phase = 'closed'`;
/** After a draw that was not finished. */
export const letOthersDraw = (db: Queryable, eventId: EventId): Promise<number> =>
  db.run(letOthersSql, [eventId]);
