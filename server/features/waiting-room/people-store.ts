import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Reads, Transaction } from '../../data/db.ts';
import type { EntryRow } from './waiting-room.ts';

/** The SQL about all places of one person. */

const lockRoomsSql = `
  select event_id from waiting_rooms
  where event_id in (select event_id from queue_entries where user_id = $1) order by event_id for no key update`;

/** Locks the waiting rooms of a person's places. Returns how many. */
export const lockRoomsOf = async (trx: Transaction, userId: UserId): Promise<number> =>
  (await trx.query(lockRoomsSql, [userId])).length;

// Whoever was let in is better off than whoever waits, and then the smaller position counts. While a draw
// is under way, its positions count as zero, as before it: a part of them may be written. Of two places without a position, one in a lane
// stays.
const placed = (entry: string) =>
  `case when room.phase = 'closed' and ${entry}.position <= room.drawn then 0 else coalesce(${entry}.position, 0) end`;
const endWorseSql = `
  with pair as (
    select guest.event_id,
      case when (guest.status = 'active', -${placed('guest')}, guest.lane is not null)
          > (account.status = 'active', -${placed('account')}, account.lane is not null)
        then account.id else guest.id end as loser
    from queue_places as guest join queue_places as account on account.event_id = guest.event_id
    join waiting_rooms as room on room.event_id = guest.event_id
    where guest.user_id = $1 and guest.status <> 'ended' and account.user_id = $2 and account.status <> 'ended'),
  lost as (
    select entry.event_id, entry.id, entry.status
    from queue_entries as entry join pair on pair.event_id = entry.event_id and pair.loser = entry.id),
  counted as (
    update waiting_rooms set waiting = waiting - 1 from lost
    where lost.event_id = waiting_rooms.event_id and lost.status = 'waiting')
  update queue_entries set status = 'ended', ended_at = $3, end_reason = 'merged',
    in_draw = in_draw and waiting_rooms.phase <> 'joining'
  from lost join waiting_rooms on waiting_rooms.event_id = lost.event_id
  where queue_entries.event_id = lost.event_id and queue_entries.id = lost.id`;

/** Where both have an open place in a queue, the worse one ends. */
export const endWorseEntries = (
  trx: Transaction,
  guest: UserId,
  account: UserId,
  now: Date,
): Promise<number> => trx.run(endWorseSql, [guest, account, now]);

const giveSql = `update queue_entries set user_id = $2 where user_id = $1`;
export const giveEntries = (trx: Transaction, from: UserId, to: UserId): Promise<number> =>
  trx.run(giveSql, [from, to]);

const turnsSql = `
  select id, head.position, user_id as "userId" from (
    (select entry_id, position from queue_draws where event_id = $1 and position > $2 and position <= $3)
    union all
    (select id, position from queue_entries where event_id = $1 and position > $2 and position <= $3)) as head
  join queue_entries on queue_entries.event_id = $1 and queue_entries.id = head.entry_id
  where status <> 'ended' and user_id is not null and (not $5 or (status = 'active' and seen_at is null))
  order by head.position limit $4`;
/** The people with positions in this range who wait or were let in, in their order. letIn: only those who were and are not there. */
export const selectTurns = (
  db: Reads,
  of: { eventId: EventId; after: number; upTo: number; letIn: boolean; limit: number },
): Promise<{ id: QueueEntryId; position: number; userId: UserId }[]> =>
  db.query(turnsSql, [of.eventId, of.after, of.upTo, of.limit, of.letIn]);

const turnSql = `
  select user_id, position, status, active_until, seen_at from queue_places where event_id = $1 and id = $2`;
type TurnRow = Pick<EntryRow, 'user_id' | 'position' | 'status' | 'active_until'> & { seen_at: Date | null };
export async function selectTurn(
  db: Reads,
  eventId: EventId,
  entryId: QueueEntryId,
): Promise<TurnRow | null> {
  const [row] = await db.query<TurnRow>(turnSql, [eventId, entryId]);
  return row ?? null;
}

const openSql = `select event_id from queue_entries where user_id = $1 and status <> 'ended' order by event_id`;
export async function selectOpenEvents(db: Reads, userId: UserId): Promise<EventId[]> {
  const rows = await db.query<{ event_id: EventId }>(openSql, [userId]);
  return rows.map((row) => row.event_id);
}

const eraseSql = `update queue_entries set user_id = null where user_id = $1`;
export const eraseOwner = (db: Queryable, userId: UserId): Promise<number> => db.run(eraseSql, [userId]);

const allSql = `
  select entry.event_id, id, status, joined_at, end_reason,
    case when phase <> 'closed' or position > drawn then position end as position
  from queue_places as entry join waiting_rooms on waiting_rooms.event_id = entry.event_id
  where user_id = $1 order by id desc`;
export const selectAllEntries = (
  db: Reads,
  userId: UserId,
): Promise<Pick<EntryRow, 'event_id' | 'id' | 'status' | 'position' | 'joined_at' | 'end_reason'>[]> =>
  db.query(allSql, [userId]);

const eraseOldSql = `
  update queue_entries set user_id = null where (event_id, id) in (
    select queue_entries.event_id, queue_entries.id
    from waiting_rooms join queue_entries on queue_entries.event_id = waiting_rooms.event_id
    where closes_at < $1 and user_id is not null
    limit 5000 for update of queue_entries skip locked)`;

/** Erases whose the places are in queues that closed before this. Returns how many of a portion. */
export const eraseOldOwners = (db: Queryable, closedBefore: Date): Promise<number> =>
  db.run(eraseOldSql, [closedBefore]);
