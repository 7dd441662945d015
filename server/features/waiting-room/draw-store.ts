import type { BeaconChain } from '../../../contract/beacon.ts';
import type { EventId, QueueEntryId } from '../../../contract/ids.ts';
import type { QueueLane } from '../../../contract/waiting-room.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import { roomColumns } from './store.ts';
import type { RoomRow } from './waiting-room.ts';

/** The SQL of the draw (draw-room.ts). */

const beginSql = `
  update waiting_rooms set draw_until = $3
  where event_id = $1 and phase = 'closed' and (draw_until is null or draw_until <= $2)
  returning seed, beacon, drawn, lanes, beacon_chain, beacon_round, list_hash, beacon_dropped_at`;

export interface DrawTerms {
  seed: string;
  beacon: string | null;
  drawn: number;
  lanes: QueueLane[];
  beacon_chain: BeaconChain | null;
  beacon_round: number | null;
  list_hash: string | null;
  beacon_dropped_at: Date | null;
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

export interface ListEntry {
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

// An insert with two indexes and no look at any place, so nobody who joins, leaves or signs in waits for it.
const positionsSql = `
  insert into queue_draws (event_id, entry_id, position)
  select $1, entry_id, position from unnest($2::text[], $3::integer[]) as drawn (entry_id, position)
  on conflict do nothing`;

/** Gives these entries their positions. Those that have one keep it: it is the same. */
export const writePositions = (
  db: Queryable,
  eventId: EventId,
  ids: QueueEntryId[],
  positions: number[],
): Promise<number> => db.run(positionsSql, [eventId, ids, positions]);

const openSql = `
  update waiting_rooms set phase = 'open', drawn_at = $2, draw_until = null, version = version + 1
  where event_id = $1 and phase = 'closed'`;
export const openDrawn = async (db: Queryable, eventId: EventId, now: Date): Promise<boolean> =>
  (await db.run(openSql, [eventId, now])) > 0;

const letOthersSql = `update waiting_rooms set draw_until = $2 where event_id = $1 and phase = 'closed'`;
/** After a draw that was not finished: nobody tries again before `until`. */
export const letOthersDraw = (db: Queryable, eventId: EventId, until: Date | null): Promise<number> =>
  db.run(letOthersSql, [eventId, until]);

const publishListSql = `
  update waiting_rooms set list_hash = $2, beacon_round = $3, version = version + 1
  where event_id = $1 and phase = 'closed' and list_hash is null`;
/** Tells everybody the hash of the closed list and the round that the draw waits for. */
export const publishList = (
  db: Queryable,
  eventId: EventId,
  { listHash, round }: { listHash: string; round: number },
): Promise<number> => db.run(publishListSql, [eventId, listHash, round]);

const noteBeaconSql = `
  update waiting_rooms set beacon = $2, version = version + 1
  where event_id = $1 and phase = 'closed' and beacon is null and beacon_dropped_at is null`;
/** Keeps the signature of the round. False if the organiser decided meanwhile to draw without one. */
export const noteBeacon = async (db: Queryable, eventId: EventId, signature: string): Promise<boolean> =>
  (await db.run(noteBeaconSql, [eventId, signature])) > 0;

const dropBeaconSql = `
  update waiting_rooms set beacon_dropped_at = $2, draw_until = null, version = version + 1 where event_id = $1
  returning ${roomColumns}`;
/** Lets a draw go on without its beacon, in a transaction that has locked the room. */
export async function dropBeacon(trx: Transaction, eventId: EventId, now: Date): Promise<RoomRow> {
  const [row] = await trx.query<RoomRow>(dropBeaconSql, [eventId, now]);
  return row as RoomRow;
}
