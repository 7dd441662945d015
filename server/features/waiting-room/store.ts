import type { BeaconChain } from '../../../contract/beacon.ts';
import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import type { QueueLane } from '../../../contract/waiting-room.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import type { EntryRow, RoomRow } from './waiting-room.ts';

/** All but the secret seed. */
export const roomColumns = `event_id, mode, phase, opens_at, closes_at, commitment, beacon, drawn_at, drawn, next_position, now_serving,
  waiting, paused, message, people_per_minute, window_seconds, kept_at, allowance, pace, let_in_per_minute, places_left, paying,
  vacancies, full_since, kept_since, is_ending, lanes, beacon_chain, beacon_round, list_hash, beacon_dropped_at, version`;
export const entryColumns = `event_id, id, user_id, salt, lane, position, status, joined_at, active_until, ended_at, end_reason`;

/** For the connection that hears of changes (rooms.ts). Rooms that ended are read when somebody asks for them. */
export const roomsInUseSql = `
  select ${roomColumns} from waiting_rooms where (phase <> 'ended' or is_ending) and mode <> 'off'`;
/** The table's clock may be another than the process's, so this has an hour to spare. */
export const endedAdmissionsSql = `
  select id, active_until as "activeUntil" from queue_entries
  where status = 'ended' and end_reason <> 'window_over' and active_until > now() - interval '1 hour'`;

const roomsSql = `
  select ${roomColumns} from waiting_rooms where event_id = any($1::text[])`;

/** Reads a waiting room; null if the event never had one. Concurrent calls share one query. */
export const selectRoom = gatherPerDb(async (db, eventIds: EventId[]): Promise<(RoomRow | null)[]> => {
  const rows = await db.query<RoomRow>(roomsSql, [eventIds]);
  const found = new Map(rows.map((row) => [row.event_id, row]));
  return eventIds.map((eventId) => found.get(eventId) ?? null);
}, 1000);

// The array comes out of a sub-select, which hides its length from the planner, so it plans once.
const lastEntriesSql = `
  select asked.n, entry.*
  from unnest((select $1::text[]), (select $2::text[])) with ordinality as asked (event, who, n)
  cross join lateral (
    select ${entryColumns} from queue_places
    where queue_places.user_id = asked.who and queue_places.event_id = asked.event
    order by queue_places.status = 'ended', id desc limit 1) as entry`;

/** Reads a person's open place in the queue of an event, or else the last one. Concurrent calls share one query. */
export const selectEntry = gatherPerDb(
  async (db, asked: { eventId: EventId; userId: UserId }[]): Promise<(EntryRow | null)[]> => {
    const rows = await db.query<EntryRow & { n: number }>(lastEntriesSql, [
      asked.map(({ eventId }) => eventId),
      asked.map(({ userId }) => userId),
    ]);
    const found = new Map(rows.map((row) => [row.n, row]));
    return asked.map((_, i) => found.get(i + 1) ?? null);
  },
  1000,
);

export interface Joining {
  eventId: EventId;
  userId: UserId;
  entryId: QueueEntryId;
  salt: string;
}

const joinSql = `select ${entryColumns} from join_queue($1, $2::text[], $3::text[], $4::text[], $5)`;

/** Joins these people in their order, and commits. The places of all of them; none if the queue is closed. */
export const insertEntries = (
  db: Queryable,
  eventId: EventId,
  people: Joining[],
  now: Date,
): Promise<EntryRow[]> =>
  db.query<EntryRow>(joinSql, [
    eventId,
    people.map(({ userId }) => userId),
    people.map(({ entryId }) => entryId),
    people.map(({ salt }) => salt),
    now,
  ]);

// Looks first, in the snapshot of the statement, whether there is a place to give up.
const leaveSql = `
  with place as materialized (
    select exists (select from queue_entries where event_id = $1 and user_id = $2 and status <> 'ended') as has)
  select has, leave_queue($1, $2, $3) from place`;

/** False if there was none. */
export async function endEntryOf(
  db: Queryable,
  eventId: EventId,
  userId: UserId,
  now: Date,
): Promise<boolean> {
  const [row] = await db.query<{ has: boolean }>(leaveSql, [eventId, userId, now]);
  return row?.has ?? false;
}

const drawSql = `
  select mode, commitment, seed, beacon, drawn_at, drawn, lanes, beacon_chain, beacon_round, list_hash, beacon_dropped_at
  from waiting_rooms where event_id = $1 and mode <> 'off'`;
const drawnSql = `
  select id, salt, lane from queue_draws as drawn
  join queue_entries on queue_entries.event_id = drawn.event_id and queue_entries.id = drawn.entry_id
  where drawn.event_id = $1 and drawn.position > $2 and drawn.position <= $3 order by drawn.position`;

interface DrawRow {
  commitment: string;
  seed: string;
  beacon: string | null;
  drawn_at: Date | null;
  drawn: number;
  lanes: QueueLane[];
  beacon_chain: BeaconChain | null;
  beacon_round: number | null;
  list_hash: string | null;
  beacon_dropped_at: Date | null;
}

export async function selectDraw(db: Reads, eventId: EventId): Promise<DrawRow | null> {
  const [row] = await db.query<DrawRow>(drawSql, [eventId]);
  return row ?? null;
}

/** The drawn entries with a position after `after`, in their order. */
export const selectDrawn = (db: Reads, eventId: EventId, after: number, last: number) =>
  db.query<{ id: QueueEntryId; salt: string; lane: string | null }>(drawnSql, [eventId, after, last]);

const countSql = `
  select coalesce(sum(waiting), 0)::int as waiting,
    (select count(*)::int from queue_entries where event_id = any(array_agg(waiting_rooms.event_id)) and status = 'active') as active
  from waiting_rooms where phase <> 'ended' and mode <> 'off'`;

/** How many people wait, and how many were let in, in all queues. */
export async function countPeople(db: Reads): Promise<{ waiting: number; active: number }> {
  const [row] = await db.query<{ waiting: number; active: number }>(countSql);
  return row ?? { waiting: 0, active: 0 };
}

const lockSql = `select ${roomColumns} from waiting_rooms where event_id = $1 for no key update`;

export async function lockRoom(trx: Transaction, eventId: EventId): Promise<RoomRow | null> {
  const [row] = await trx.query<RoomRow>(lockSql, [eventId]);
  return row ?? null;
}

const steerSql = `
  update waiting_rooms set paused = $2, message = $3, people_per_minute = $4, window_seconds = $5, version = version + 1
  where event_id = $1 returning ${roomColumns}`;

export async function updateWishes(
  trx: Transaction,
  room: Pick<RoomRow, 'event_id' | 'paused' | 'message' | 'people_per_minute' | 'window_seconds'>,
): Promise<RoomRow> {
  const { event_id, paused, message, people_per_minute, window_seconds } = room;
  const [row] = await trx.query<RoomRow>(steerSql, [
    event_id,
    paused,
    message,
    people_per_minute,
    window_seconds,
  ]);
  return row as RoomRow;
}
