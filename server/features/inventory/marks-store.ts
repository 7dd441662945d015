import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import { type Clock, type ClockOwner, type Clocks, keepClock } from './clocks.ts';
import type { Command } from './inventory.ts';
import type { Mark } from './marks.ts';
import type { EventChanges } from './state.ts';

interface Marked {
  event_id: EventId;
  mark: Mark;
  places: number;
}

// A hold of extras alone counts as one place for its network (limits.ts). Each part uses the index of its column. Each mark is of one kind, so no two parts find the same mark.
const markedSql = `
  select event_id, mark, sum(places)::int as places
  from (
    select event_id, network as mark, greatest(places, 1) as places from holds where network = any($2::bigint[]) and status = 'active'
    union all
    select event_id, mailbox, places - returned from holds
    where mailbox = any($2::bigint[]) and status in ('active', 'confirmed')
    union all
    select event_id, card, places - returned from holds where card = any($2::bigint[]) and status = 'confirmed'
  ) as marked
  where event_id = any($1::text[])
  group by event_id, mark`;

/** Reads how many places count under these marks. */
export const selectMarked = (db: Queryable, eventIds: EventId[], marks: Mark[]): Promise<Marked[]> =>
  marks.length === 0 ? Promise.resolve([]) : db.query<Marked>(markedSql, [eventIds, marks]);

/** Returns the marks that these commands need. */
export function marksIn(submitted: { command: Command }[]): Mark[] {
  const marks = new Set<Mark | null>();
  for (const { command } of submitted) {
    if (command.kind === 'place' || command.kind === 'exchange') marks.add(command.network);
    if (command.kind === 'order' || command.kind === 'swap') marks.add(command.order.mailbox);
    if (command.kind === 'confirm') marks.add(command.paid.card);
  }
  marks.delete(null);
  return [...marks] as Mark[];
}

// Two parts, because each has its own index: holds_to_expire and holds_settled.
const allMarkedSql = `
  select event_id, mark, sum(places)::int as places
  from (
    select event_id, mark, case mark when network then greatest(places, 1) else places end as places
    from holds, unnest(array[network, mailbox]) as mark
    where event_id = any($1::text[]) and status = 'active'
    union all
    select event_id, mark, places - returned from holds, unnest(array[mailbox, card]) as mark
    where event_id = any($1::text[]) and status <> 'active' and status = 'confirmed'
  ) as marked
  where mark is not null
  group by event_id, mark
  having sum(places) > 0
  limit $2`;

/** Reads every mark of these events under which places count. */
export const selectPlacesByMark = (db: Queryable, eventIds: EventId[], limit: number): Promise<Marked[]> =>
  db.query<Marked>(allMarkedSql, [eventIds, limit]);

const firstExpirySql = `
  select asked.number, min(expires_at) as expires_at
  from unnest($1::text[], $2::bigint[], $3::timestamptz[]) with ordinality as asked (event_id, network, now, number)
  join holds on holds.network = asked.network and holds.event_id = asked.event_id and status = 'active' and expires_at > now
  group by asked.number`;

/** Finds when a network's first place becomes free; null if it holds none. Concurrent calls share one query. */
export const findFirstExpiry = gatherPerDb(
  async (db, asked: { eventId: EventId; network: Mark; now: Date }[]): Promise<(Date | null)[]> => {
    const rows = await db.query<{ number: number; expires_at: Date }>(firstExpirySql, [
      asked.map(({ eventId }) => eventId),
      asked.map(({ network }) => network),
      asked.map(({ now }) => now),
    ]);
    const found = new Map(rows.map((row) => [row.number, row.expires_at]));
    return asked.map((_each, index) => found.get(index + 1) ?? null);
  },
  200,
);

const clocksSql = `
  select event_id, owner, what, ends_at, rests_until from hold_clocks
  where owner = any($1::text[]) and event_id = any($2::text[]) and rests_until > $3`;

interface ClockRow {
  event_id: EventId;
  owner: ClockOwner;
  what: Clock['what'];
  ends_at: Date;
  rests_until: Date;
}

export async function selectClocks(
  db: Queryable,
  eventIds: EventId[],
  owners: ClockOwner[],
  now: Date,
): Promise<Map<EventId, Clocks>> {
  const byEvent = new Map<EventId, Clocks>();
  if (owners.length === 0) return byEvent;
  const rows = await db.query<ClockRow>(clocksSql, [owners, eventIds, now]);
  for (const { event_id, owner, what, ends_at: endsAt, rests_until: restsUntil } of rows) {
    const clocks: Clocks = byEvent.get(event_id) ?? new Map();
    byEvent.set(event_id, clocks);
    keepClock(clocks, { owner, what, endsAt, restsUntil });
  }
  return byEvent;
}

const restingSql = `
  select event_id, owner, max(rests_until) as rests_until from hold_clocks
  where event_id = any($1::text[]) and rests_until > $2 and owner like 'net\\_%'
  group by event_id, owner`;

/** Reads the networks whose guests lately held seats of these events. */
export const selectRestingNetworks = (
  db: Queryable,
  eventIds: EventId[],
  now: Date,
): Promise<{ event_id: EventId; owner: ClockOwner; rests_until: Date }[]> =>
  db.query(restingSql, [eventIds, now]);

// The rule of keepClock() in SQL.
export const keepClockSql = `
  on conflict (owner, event_id, what) do update
  set rests_until = excluded.rests_until,
    ends_at = case when hold_clocks.rests_until < excluded.rests_until then excluded.ends_at
      else least(hold_clocks.ends_at, excluded.ends_at) end
  where hold_clocks.rests_until <= excluded.rests_until`;

const writeClocksSql = `
  insert into hold_clocks (event_id, owner, what, ends_at, rests_until)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
  ${keepClockSql}`;

/** Writes the clocks that holds leave when they end without a purchase. */
export function writeClocks(trx: Writes, events: EventChanges[]): void {
  const clocks = events.flatMap(({ eventId, changes }) => {
    if (changes.clocks.length === 0) return [];
    // One statement may write a row only once.
    const kept: Clocks = new Map();
    for (const clock of changes.clocks) keepClock(kept, clock);
    return [...kept.values()].flatMap((ofOwner) =>
      [...ofOwner.values()].map((clock) => ({ ...clock, eventId })),
    );
  });
  if (clocks.length === 0) return;
  trx.write(writeClocksSql, [
    clocks.map(({ eventId }) => eventId),
    clocks.map(({ owner }) => owner),
    clocks.map(({ what }) => what),
    clocks.map(({ endsAt }) => endsAt),
    clocks.map(({ restsUntil }) => restsUntil),
  ]);
}

// Holds are locked only under their event's ledger, and before orders (docs/locks.md).
const clearSql = `
  with ledger as materialized (select event_id from ledgers where event_id = $1 for update)
  update holds set mailbox = null, card = null from ledger
  where holds.event_id = ledger.event_id and holds.event_id = $1 and holds.id = any($2::text[])`;

export const clearMarks = (trx: Writes, eventId: EventId, holdIds: HoldId[]): void =>
  trx.write(clearSql, [eventId, holdIds]);

// Skips a clock that a batch is renewing. The next run deletes it.
const forgetSql = `
  delete from hold_clocks where (owner, event_id, what) in (
    select owner, event_id, what from hold_clocks where rests_until < $1 for update skip locked)`;

/** Deletes the clocks that no longer run. */
export const deleteOldClocks = (db: Queryable, now: Date): Promise<number> => db.run(forgetSql, [now]);
