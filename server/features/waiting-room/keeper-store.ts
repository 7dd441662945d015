import type { BeaconChain } from '../../../contract/beacon.ts';
import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';
import type { QueueEndReason } from '../../../contract/queue-refusals.ts';
import type { Reads, Transaction } from '../../data/db.ts';
import { roomColumns } from './store.ts';
import type { Told } from './tell-turns.ts';
import { clockGraceMs, type EntryRow, type RoomRow } from './waiting-room.ts';

/** The SQL of the keeper (keep-rooms.ts). */

// A room costs a transaction only if there is something to do. The places that are left and the holds of others change without the
// queue, so a room where nobody is looked at once a minute.
const dueSql = `
  select event_id from waiting_rooms
  where event_id = any($1::text[]) and mode <> 'off' and case phase
    when 'ended' then is_ending
    when 'closed' then draw_until is null or draw_until <= $2
    when 'joining' then coalesce(opens_at, closes_at) <= $2 or waiting <> told_waiting
      or opens_at is not null and beacon_round is null and (beacon_chain is not null or $4)
    else closes_at <= $2 or waiting > 0 or waiting <> told_waiting or paying > 0 or let_in_per_minute > 0
      or kept_at is null or kept_at not between $2 - interval '1 minute' and $2 + interval '10 seconds'
      or mode = 'under-load' and ($3 or phase = 'open')
      or exists (select from queue_entries where queue_entries.event_id = waiting_rooms.event_id and status = 'active')
    end`;

/** Which of these rooms the keeper has to look at now. */
export async function selectDue(
  db: Reads,
  eventIds: EventId[],
  { now, isLoaded, hasBeacon }: { now: Date; isLoaded: boolean; hasBeacon: boolean },
): Promise<EventId[]> {
  const rows = await db.query<{ event_id: EventId }>(dueSql, [eventIds, now, isLoaded, hasBeacon]);
  return rows.map((row) => row.event_id);
}

const takeSql = `
  select ${roomColumns}, told_waiting, told_up_to, come_up_to, busy_at from waiting_rooms
  where event_id = $1 and mode <> 'off' and (phase <> 'ended' or is_ending) for no key update`;

export interface KeptRoom extends RoomRow, Told {
  /** How many people waited when the processes were told last. */
  told_waiting: number;
  /** When a keeper last saw that its ledger did not keep up. */
  busy_at: Date | null;
}

export async function takeRoom(trx: Transaction, eventId: EventId): Promise<KeptRoom | null> {
  const [row] = await trx.query<KeptRoom>(takeSql, [eventId]);
  return row ?? null;
}

const endSql = `update waiting_rooms set phase = 'ended', version = version + 1 where event_id = $1`;

/** Ends the queue for everybody at once. Its places end afterwards (end-places.ts). */
export const endRoom = (trx: Transaction, eventId: EventId): Promise<number> => trx.run(endSql, [eventId]);

const takeEndingSql = `
  select event_id from waiting_rooms where event_id = $1 and phase = 'ended' and is_ending for no key update`;
// In the order of the ids, because an index on open places would lead through all that ended just before.
const endPortionSql = `
  with portion as materialized (
    select id, status from queue_entries where event_id = $1 and id > $2 and status <> 'ended' order by id limit $3),
  gone as (
    update queue_entries set status = 'ended', ended_at = $4, end_reason = 'queue_over'
    from portion where queue_entries.event_id = $1 and queue_entries.id = portion.id),
  counted as (
    select count(*)::int as count, (count(*) filter (where status = 'waiting'))::int as waits, max(id) as last from portion)
  update waiting_rooms set waiting = waiting - counted.waits,
    is_ending = (counted.count = $3), version = version + case when counted.count = $3 then 0 else 1 end
  from counted where event_id = $1
  returning counted.count, case when is_ending then counted.last end as last`;

/** Ends the next places of a queue that is over. `last` is null if none is left. */
export async function endPortion(
  trx: Transaction,
  { eventId, after, limit }: { eventId: EventId; after: string; limit: number },
  now: Date,
): Promise<{ count: number; last: string | null }> {
  const none = { count: 0, last: null };
  if ((await trx.query(takeEndingSql, [eventId])).length === 0) return none;
  const [ended] = await trx.query<{ count: number; last: string | null }>(endPortionSql, [
    eventId,
    after,
    limit,
    now,
  ]);
  return ended ?? none;
}

const closeSql = `
  update waiting_rooms set phase = 'closed', drawn = list.count, next_position = list.count + 1, version = version + 1
  from (select count(*)::int as count from queue_entries where event_id = $1 and in_draw) as list
  where event_id = $1`;

/** Closes the list of those who are drawn. Whoever joins from now on stands behind them. */
export const closeList = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(closeSql, [eventId]);

const announceSql = `
  update waiting_rooms set beacon_chain = $2::jsonb, beacon_round = $3, version = version + 1 where event_id = $1`;

/** Announces the round of the beacon that the draw will mix. */
export const announceRound = (
  trx: Transaction,
  eventId: EventId,
  { chain, round }: { chain: BeaconChain; round: number },
): Promise<number> => trx.run(announceSql, [eventId, JSON.stringify(chain), round]);

const tellWaitingSql = `
  update waiting_rooms set told_waiting = waiting, version = version + 1 where event_id = $1`;

/** Tells every process how many people wait before the opening. A join tells nobody, because there are many at once. */
export const tellWaiting = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(tellWaitingSql, [eventId]);

const seenAtSql = `
  update queue_entries set seen_at = greatest(seen_at, sign.at)
  from unnest($2::text[], $3::timestamptz[]) as sign (id, at)
  where event_id = $1 and queue_entries.id = sign.id and status = 'active'`;

/** Notes when people who were let in gave a sign of life. */
export const noteSigns = (
  trx: Transaction,
  eventId: EventId,
  signs: Map<QueueEntryId, number>,
): Promise<number> =>
  trx.run(seenAtSql, [eventId, [...signs.keys()], [...signs.values()].map((atMs) => new Date(atMs))]);

const silentSql = `
  select id, user_id from queue_entries
  where event_id = $1 and status = 'active' and coalesce(seen_at, admitted_at) <= $2 and user_id is not null`;

/** Those who were let in and gave no sign of life since this instant. */
export const selectSilent = (
  db: Reads,
  eventId: EventId,
  since: Date,
): Promise<{ id: QueueEntryId; user_id: UserId }[]> => db.query(silentSql, [eventId, since]);

const extendSql = `
  update queue_entries set active_until = $2 where event_id = $1 and status = 'active' and active_until < $2`;

/** Gives everybody who was let in at least until this instant. */
export const extendAdmissions = (trx: Transaction, eventId: EventId, until: Date): Promise<number> =>
  trx.run(extendSql, [eventId, until]);

// Reads the table of holds (table of inventory), because whoever bought has had their turn and whoever holds places is there, and
// one statement ends them all. The process of a hold may have a clock that is behind. A hold that is over counts as a sign of life
// until its time. A forfeited one does not: its payment goes back because of a limit, and whoever has many accounts then leaves this
// one.
const endAdmissionsSql = `
  update queue_entries set status = 'ended', ended_at = $2, end_reason = over.reason
  from (
    select id, case
      when active_until <= $3 then 'window_over'
      when exists (
        select from holds
        where holds.event_id = $1 and holds.buyer_id = user_id and holds.status = 'confirmed'
          and holds.created_at >= greatest(joined_at, admitted_at - $6 * interval '1 millisecond')) then 'bought'
      when greatest(coalesce(seen_at, admitted_at), $5) <= $4 and not exists (
        select from holds
        where holds.event_id = $1 and holds.buyer_id = user_id and holds.status <> 'forfeited'
          and (holds.status = 'active' or holds.expires_at > $4))
        then 'idle'
      end as reason
    from queue_entries where event_id = $1 and status = 'active') as over
  where event_id = $1 and queue_entries.id = over.id and over.reason is not null
  returning over.reason`;

/**
 * Ends the admissions of those whose time is over, who bought, or who gave no sign of life since `idleSince`. Their
 * reasons. Nobody is idle who could give no sign, because the room is kept only since `keptSince`.
 */
export const endAdmissions = (
  trx: Transaction,
  eventId: EventId,
  { now, idleSince, keptSince }: { now: Date; idleSince: Date; keptSince: Date },
): Promise<{ reason: QueueEndReason }[]> =>
  trx.query(endAdmissionsSql, [
    eventId,
    now,
    new Date(now.getTime() - clockGraceMs),
    idleSince,
    keptSince,
    clockGraceMs,
  ]);

// Reads ticket types (table of sale), pools and holds (table of inventory) and the start of the sale (table of catalog) in one
// statement, so that the counts belong together. A pool of several ticket types counts once at most. Nobody queues
// for extras, and hidden types are for whoever has a code.
const seenSql = `
  with types as (
    select ticket_types.id, pool_ids from ticket_types
    where ticket_types.event_id = $1 and product_id is null and not hidden and (sale_starts_at is null or sale_starts_at <= $2)
      and (sale_ends_at is null or sale_ends_at > $2)),
  free as (
    select pools.id, greatest(0, capacity - held - sold - kept - blocked) as free from pools where pools.event_id = $1)
  select
    (select sale_starts_at is null or sale_starts_at <= $2 from events where id = $1) as "isOnSale",
    least(
      (select coalesce(sum(least), 0) from (
        select min(free.free) as least from types join free on free.id = any(types.pool_ids) group by types.id) as per_type),
      (select coalesce(sum(free.free), 0) from free where exists (select from types where free.id = any(types.pool_ids)))
    )::int as left,
    (select count(*)::int from holds where holds.event_id = $1 and status = 'active') as paying,
    (select count(*)::int from queue_entries
      where queue_entries.event_id = $1 and status = 'active' and not exists (
        select from holds
        where holds.event_id = $1 and holds.buyer_id = user_id and holds.status = 'active')) as choosing,
    (select count(*)::int from queue_entries where queue_entries.event_id = $1 and admitted_at > $3) as "letIn"`;

interface SeenRow {
  isOnSale: boolean;
  left: number;
  paying: number;
  choosing: number;
  letIn: number;
}

export async function readSeen(db: Reads, eventId: EventId, now: Date, since: Date): Promise<SeenRow> {
  const [row] = await db.query<SeenRow>(seenSql, [eventId, now, since]);
  return row as SeenRow;
}

// The places of positions after $5, up to which everybody was let in or has left: first those of the draw, in its order, and then those of
// whoever came later. Each sub-select looks one place up, so no plan reads all places.
const statusOfDrawn = `(
  select status from queue_entries where event_id = drawn.event_id and id = drawn.entry_id)`;
const admitSql = `
  update queue_entries set status = 'active', admitted_at = $3, active_until = $4
  where event_id = $1 and id in (
    select id from (
      (select entry_id as id, position from queue_draws as drawn
        where event_id = $1 and position > $5 and ${statusOfDrawn} = 'waiting' order by position limit $2)
      union all
      (select id, position from queue_entries
        where event_id = $1 and position > $5 and status = 'waiting' order by position limit $2)) as head
    order by position limit $2)
  returning id, user_id, joined_at, in_draw`;

export type Admitted = Pick<EntryRow, 'id' | 'user_id' | 'joined_at'> & { in_draw: boolean };

/** Lets the first people in. */
export const admitFirst = (
  trx: Transaction,
  { event_id, now_serving }: KeptRoom,
  most: number,
  { now, until }: { now: Date; until: Date },
): Promise<Admitted[]> => trx.query<Admitted>(admitSql, [event_id, most, now, until, now_serving]);

// Everybody before the first who waits was let in or has left.
const noteSql = `
  update waiting_rooms set
    kept_at = $2, kept_since = $13, busy_at = $14, allowance = $3, pace = $4, let_in_per_minute = $5, places_left = $6, paying = $7, phase = $8,
    vacancies = $11, full_since = $12,
    waiting = waiting - $9, told_waiting = waiting - $9, now_serving = head.serving,
    version = version + case when $10 or head.serving > now_serving then 1 else 0 end
  from (
    select greatest(room.now_serving, coalesce(
      (select position from queue_draws as drawn
        where drawn.event_id = $1 and position > room.now_serving and ${statusOfDrawn} = 'waiting'
        order by position limit 1),
      (select position from queue_entries
        where queue_entries.event_id = $1 and position > room.now_serving and status = 'waiting'
        order by position limit 1),
      room.next_position) - 1) as serving
    from waiting_rooms as room where room.event_id = $1) as head
  where event_id = $1
  returning now_serving`;

type Noted =
  | 'allowance'
  | 'pace'
  | 'let_in_per_minute'
  | 'places_left'
  | 'paying'
  | 'phase'
  | 'vacancies'
  | 'full_since';

/** Returns the position up to which people were let in. */
export async function noteStep(
  trx: Transaction,
  eventId: EventId,
  of: Pick<RoomRow, Noted> & {
    now: Date;
    keptSince: Date;
    busyAt: Date | null;
    letIn: number;
    isNews: boolean;
  },
): Promise<number> {
  const [row] = await trx.query<{ now_serving: number }>(noteSql, [
    eventId,
    of.now,
    of.allowance,
    of.pace,
    of.let_in_per_minute,
    of.places_left,
    of.paying,
    of.phase,
    of.letIn,
    of.isNews,
    of.vacancies,
    of.full_since,
    of.keptSince,
    of.busyAt,
  ]);
  return row?.now_serving ?? 0;
}

const toldSql = `update waiting_rooms set told_up_to = $2, come_up_to = $3 where event_id = $1`;

/** Notes up to which positions people were told. */
export const noteTold = (
  trx: Transaction,
  eventId: EventId,
  { told_up_to, come_up_to }: Told,
): Promise<number> => trx.run(toldSql, [eventId, told_up_to, come_up_to]);
