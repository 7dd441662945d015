import type { EventId, HoldId, TicketTypeId, UserId, WaitlistEntryId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { LineEntry } from './line.ts';
import type { Mark } from './marks.ts';
import type { EventChanges } from './state.ts';

export interface EntryRow {
  id: WaitlistEntryId;
  event_id: EventId;
  user_id: UserId;
  ticket_type_id: TicketTypeId;
  quantity: number;
  place: number;
  status: LineEntry['status'];
  offer_minutes: number;
  network: Mark | null;
  email: string | null;
  language: Language;
  idempotency_key: string | null;
  fingerprint: string | null;
  joined_at: Date;
  offered_at: Date | null;
  offer_ends_at: Date | null;
  closed_at: Date | null;
  hold_id: HoldId | null;
}

const columns = `id, event_id, user_id, ticket_type_id, quantity, place, status, offer_minutes, network, email, language,
  idempotency_key, fingerprint, joined_at, offered_at, offer_ends_at, closed_at, hold_id`;
const entryColumns = columns.replaceAll(/\w+/g, 'waitlist_entries.$&');

export const toEntry = (row: EntryRow): LineEntry => ({
  id: row.id,
  buyerId: row.user_id,
  ticketTypeId: row.ticket_type_id,
  quantity: row.quantity,
  place: row.place,
  status: row.status,
  offerMinutes: row.offer_minutes,
  network: row.network,
  email: row.email,
  language: row.language,
  retry:
    row.idempotency_key === null ? null : { key: row.idempotency_key, fingerprint: row.fingerprint ?? '' },
  joinedAt: row.joined_at,
  offeredAt: row.offered_at,
  offerEndsAt: row.offer_ends_at,
  closedAt: row.closed_at,
  holdId: row.hold_id,
});

// The entries that changed since the version that a process knows; with version -1 all open entries.
const changedSql = `
  select ${entryColumns}
  from unnest($1::text[], $2::bigint[]) as known (event_id, version)
  join waitlist_entries on waitlist_entries.event_id = known.event_id and waitlist_entries.version > known.version
    and (known.version >= 0 or status in ('waiting', 'offered'))
  order by waitlist_entries.place`;

export const selectChangedEntries = (
  trx: Queryable,
  known: { eventId: EventId; version: number }[],
): Promise<EntryRow[]> =>
  trx.query<EntryRow>(changedSql, [known.map(({ eventId }) => eventId), known.map(({ version }) => version)]);

// One look-up in holds_of_buyer for each person at the head of a line, and for each other person that the caller names.
const placesOfWaitingSql = `
  with people as (
    select wanted.event_id, head.user_id
    from unnest($1::text[], $2::text[]) as wanted (event_id, ticket_type_id)
    cross join lateral (
      select user_id from waitlist_entries
      where waitlist_entries.event_id = wanted.event_id and waitlist_entries.ticket_type_id = wanted.ticket_type_id
        and status = 'waiting'
      order by place limit $3
    ) as head
    union all
    select event_id, user_id from unnest($4::text[], $5::text[]) as named (event_id, user_id)
  )
  select people.event_id, people.user_id as buyer_id, coalesce((
      select sum(places - returned) from holds
      where holds.buyer_id = people.user_id and holds.event_id = people.event_id and status in ('active', 'confirmed')
    ), 0)::int as places
  from people`;

/** Reads how many places the first `most` people in each line and these `others` have already. */
export const selectPlacesOfWaiting = (
  trx: Queryable,
  lines: { eventId: EventId; ticketTypeId: TicketTypeId }[],
  most: number,
  others: { eventId: EventId; buyerId: UserId }[],
): Promise<{ event_id: EventId; buyer_id: UserId; places: number }[]> =>
  trx.query(placesOfWaitingSql, [
    lines.map(({ eventId }) => eventId),
    lines.map(({ ticketTypeId }) => ticketTypeId),
    most,
    others.map(({ eventId }) => eventId),
    others.map(({ buyerId }) => buyerId),
  ]);

const writeEntriesSql = `
  insert into waitlist_entries (${columns}, version)
  select ${columns}, version from jsonb_populate_recordset(null::waitlist_entries, $1::jsonb)
  on conflict (id, event_id) do update set status = excluded.status, network = excluded.network,
    email = excluded.email, offered_at = excluded.offered_at, offer_ends_at = excluded.offer_ends_at,
    closed_at = excluded.closed_at, hold_id = excluded.hold_id, version = excluded.version`;
const writeLinesSql = `
  update ledgers set line = changed.line, last_place = changed.last_place, line_due_at = changed.due_at
  from unnest($1::text[], $2::int[], $3::bigint[], $4::timestamptz[]) as changed (event_id, line, last_place, due_at)
  where ledgers.event_id = changed.event_id`;

/** Writes the changes of a batch to the lines of its events, whose ledgers it has locked. */
export function writeLines(trx: Writes, events: EventChanges[]): void {
  const lines = events.flatMap(({ eventId, line }) => (line ? [{ eventId, line }] : []));
  if (lines.length === 0) return;
  trx.write(writeLinesSql, [
    lines.map(({ eventId }) => eventId),
    lines.map(({ line }) => line.open.size),
    lines.map(({ line }) => line.lastPlace),
    lines.map(({ line }) => line.dueAt),
  ]);
  const rows = events.flatMap(({ eventId, version, changes }) =>
    [...changes.entries].map((entry) => ({ ...toRow(eventId, entry), version })),
  );
  if (rows.length > 0) trx.write(writeEntriesSql, [JSON.stringify(rows)]);
}

const toRow = (eventId: EventId, entry: LineEntry): EntryRow => ({
  id: entry.id,
  event_id: eventId,
  user_id: entry.buyerId,
  ticket_type_id: entry.ticketTypeId,
  quantity: entry.quantity,
  place: entry.place,
  status: entry.status,
  offer_minutes: entry.offerMinutes,
  network: entry.network,
  email: entry.email,
  language: entry.language,
  idempotency_key: entry.retry?.key ?? null,
  fingerprint: entry.retry?.fingerprint ?? null,
  joined_at: entry.joinedAt,
  offered_at: entry.offeredAt,
  offer_ends_at: entry.offerEndsAt,
  closed_at: entry.closedAt,
  hold_id: entry.holdId,
});

const dueSql = `select event_id from ledgers where line_due_at <= $1 limit 500`;

/** Finds the events whose line needs a look although nobody sends a command. */
export const selectLinesDue = async (db: Queryable, now: Date): Promise<EventId[]> =>
  (await db.query<{ event_id: EventId }>(dueSql, [now])).map(({ event_id }) => event_id);

/** How many wait before an entry for the same ticket type, and itself. */
const positionColumn = `
  case when status = 'waiting' then (
    select count(*)::int from waitlist_entries as before
    where before.event_id = waitlist_entries.event_id and before.ticket_type_id = waitlist_entries.ticket_type_id
      and before.status = 'waiting' and before.place <= waitlist_entries.place) end as position`;

/** An entry as it is read for people, with its position; null if it does not wait. */
export type ShownRow = EntryRow & { position: number | null };

const ofUserSql = `
  select ${columns}, ${positionColumn} from waitlist_entries
  where user_id = $1 and ($2::text is null or event_id = $2) order by joined_at desc, place desc, id limit 100`;

export const selectEntriesOf = (
  db: Queryable,
  userId: UserId,
  eventId: EventId | null,
): Promise<ShownRow[]> => db.query<ShownRow>(ofUserSql, [userId, eventId]);

const byIdSql = `select ${columns} from waitlist_entries where id = $1`;

export async function selectEntry(db: Queryable, entryId: WaitlistEntryId): Promise<EntryRow | null> {
  const [row] = await db.query<EntryRow>(byIdSql, [entryId]);
  return row ?? null;
}

const ofEventSql = `
  select ${columns}, ${positionColumn} from waitlist_entries
  where event_id = $1 and place > $2 and ($3 or status in ('waiting', 'offered')) order by place limit $4`;

export const selectEntriesOfEvent = (
  db: Queryable,
  page: { eventId: EventId; after: number; all: boolean; limit: number },
): Promise<ShownRow[]> => db.query<ShownRow>(ofEventSql, [page.eventId, page.after, page.all, page.limit]);

// Somebody with several open entries is listed with the first one.
const peopleSql = `
  select id, place from waitlist_entries
  where event_id = $1 and place > $2 and status in ('waiting', 'offered') and not exists (
    select from waitlist_entries as earlier
    where earlier.user_id = waitlist_entries.user_id and earlier.event_id = waitlist_entries.event_id
      and earlier.status in ('waiting', 'offered') and earlier.place < waitlist_entries.place)
  order by place limit $3`;

export const selectPeopleInLine = (
  db: Queryable,
  page: { eventId: EventId; after: number; limit: number },
): Promise<Pick<EntryRow, 'id' | 'place'>[]> => db.query(peopleSql, [page.eventId, page.after, page.limit]);

const moveEntriesSql = `update waitlist_entries set user_id = $2 where user_id = $1 returning event_id`;
// Both may have waited for the same ticket type. The earlier entry stays.
const leaveLaterSql = `
  with later as (
    update waitlist_entries set status = 'left', closed_at = $3, network = null, email = null
    where user_id = $1 and event_id = any($2::text[]) and status = 'waiting' and exists (
      select from waitlist_entries as earlier
      where earlier.user_id = $1 and earlier.event_id = waitlist_entries.event_id
        and earlier.ticket_type_id = waitlist_entries.ticket_type_id and earlier.status in ('waiting', 'offered')
        and earlier.place < waitlist_entries.place)
    returning event_id
  ), counted as (select event_id, count(*)::int as entries from later group by event_id)
  update ledgers set line = line - entries
  from counted where ledgers.event_id = counted.event_id`;
const eventsOfSql = `select distinct event_id from waitlist_entries where user_id = $1`;

export const selectEventsOf = async (db: Queryable, userId: UserId): Promise<EventId[]> =>
  (await db.query<{ event_id: EventId }>(eventsOfSql, [userId])).map(({ event_id }) => event_id);

/** Gives a guest's entries to the account that the guest opened. The caller has locked the ledgers and counts the move. */
export async function moveEntries(trx: Transaction, from: UserId, to: UserId, now: Date): Promise<void> {
  const moved = await trx.query<{ event_id: EventId }>(moveEntriesSql, [from, to]);
  if (moved.length === 0) return;
  await trx.run(leaveLaterSql, [to, [...new Set(moved.map((row) => row.event_id))], now]);
}

const handOverSql = `
  update waitlist_entries set user_id = $3 where id = $1 and event_id = $2 and status in ('waiting', 'offered')
    and not exists (select from holds where holds.id = $4 and holds.event_id = $2 and ordered)`;
const handOverHoldSql = `
  update holds set buyer_id = $3, idempotency_key = null, fingerprint = null
  where id = $1 and event_id = $2 and status = 'active' and not ordered`;
// The sweep wakes the ledger, because either person may wait for other places of the event, and has another number of places.
const lockLineSql = `update ledgers set moves = moves + 1, line_due_at = to_timestamp(0) where event_id = $1`;

/** Gives an open entry and the hold of its offer to another person. */
export async function moveEntry(
  trx: Transaction,
  { id, eventId, holdId }: { id: WaitlistEntryId; eventId: EventId; holdId: HoldId },
  to: UserId,
): Promise<{ hasHold: boolean }> {
  await trx.run(lockLineSql, [eventId]);
  await trx.run(handOverSql, [id, eventId, to, holdId]);
  return { hasHold: (await trx.run(handOverHoldSql, [holdId, eventId, to])) > 0 };
}
