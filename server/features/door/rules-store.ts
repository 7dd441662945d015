import type { Checkpoint, DoorRules } from '../../../contract/door-rules.ts';
import type { CheckpointId, EventId, TicketTypeId } from '../../../contract/ids.ts';
import type { Queryable, Reads, Writes } from '../../data/db.ts';

export interface RulesRow {
  re_entry: DoorRules['reEntry'];
  inside_limit: number | null;
  warn_inside_at: number | null;
  disputed: DoorRules['disputed'];
  day_starts_hour: number;
  version: number;
  extras: NonNullable<DoorRules['extras']>;
}

interface CheckpointRow {
  id: CheckpointId;
  name: string;
  kind: Checkpoint['kind'];
  ticket_type_ids: TicketTypeId[] | null;
  per_day: boolean;
  days: string[] | null;
  times: number;
  counts_inside: boolean;
  inside_limit: number | null;
}

// Reads the table of sale: an extra admits nobody.
/** An object of the ticket types of an event that are extras, with how their buyers get them. */
export const extrasColumn = (eventId: string): string => `
  (select coalesce(jsonb_object_agg(ticket_types.id, collect), '{}') from products
    join ticket_types on ticket_types.event_id = products.event_id and product_id = products.id
    where products.event_id = ${eventId}) as extras`;

const columns = `re_entry, inside_limit, warn_inside_at, disputed, day_starts_hour, version, ${extrasColumn('$1')}`;

const selectSql = `select ${columns} from door_settings where event_id = $1`;
export const selectRules = async (db: Reads, eventId: EventId): Promise<RulesRow | null> =>
  (await db.query<RulesRow>(selectSql, [eventId]))[0] ?? null;

// Scans of an event with rules of its own take turns by this lock, so that a limit of people holds. It comes before the
// locks of tickets.
const lockSql = `select ${columns} from door_settings where event_id = $1 for no key update`;
export const lockRules = async (trx: Queryable, eventId: EventId): Promise<RulesRow | null> =>
  (await trx.query<RulesRow>(lockSql, [eventId]))[0] ?? null;

// The zone is in the table of catalog: the door's days follow it.
const zoneSql = `select time_zone as "timeZone" from events where id = $1`;
export const selectTimeZone = async (db: Reads, eventId: EventId): Promise<string | null> =>
  (await db.query<{ timeZone: string }>(zoneSql, [eventId]))[0]?.timeZone ?? null;

const checkpointsSql = `
  select id, name, kind, ticket_type_ids, per_day, days::text[] as days, times, counts_inside, inside_limit
  from checkpoints where event_id = $1 and (removed_at is not null) = $2 order by position`;
/** The checkpoints that an event has, or those that were removed. */
export const selectCheckpoints = async (
  db: Reads,
  eventId: EventId,
  isRemoved = false,
): Promise<Checkpoint[]> =>
  (await db.query<CheckpointRow>(checkpointsSql, [eventId, isRemoved])).map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    ticketTypeIds: row.ticket_type_ids,
    perDay: row.per_day,
    days: row.days,
    times: row.times,
    countsInside: row.counts_inside,
    insideLimit: row.inside_limit,
  }));

const beginSql = `
  insert into door_settings (event_id, re_entry, disputed, day_starts_hour, version, changed_at)
  values ($1, $2, $3, $4, 0, $5) on conflict (event_id) do nothing`;
/** Makes the row of an event that has none, so that it can be locked. */
export const beginRules = (trx: Writes, eventId: EventId, rules: DoorRules, now: Date): void =>
  trx.write(beginSql, [eventId, rules.reEntry, rules.disputed, rules.dayStartsHour, now]);

const updateSql = `
  update door_settings set re_entry = $2, inside_limit = $3, warn_inside_at = $4, disputed = $5, day_starts_hour = $6,
    version = $7, changed_at = $8
  where event_id = $1`;
export const updateRules = (
  trx: Writes,
  eventId: EventId,
  rules: Omit<DoorRules, 'checkpoints' | 'extras'>,
  version: number,
  now: Date,
): void =>
  trx.write(updateSql, [
    eventId,
    rules.reEntry,
    rules.insideLimit,
    rules.warnInsideAt,
    rules.disputed,
    rules.dayStartsHour,
    version,
    now,
  ]);

const removeSql = `
  update checkpoints set removed_at = $3 where event_id = $1 and id <> all($2::text[]) and removed_at is null`;
const putSql = `
  insert into checkpoints (event_id, id, position, name, kind, ticket_type_ids, per_day, days, times, counts_inside, inside_limit)
  select $1, id, position, name, kind, ticket_type_ids, per_day, days, times, counts_inside, inside_limit
  from json_to_recordset($2::json) as given (id text, position int, name text, kind text, ticket_type_ids text[], per_day boolean,
    days date[], times int, counts_inside boolean, inside_limit int)
  on conflict (event_id, id) do update set position = excluded.position, name = excluded.name,
    ticket_type_ids = excluded.ticket_type_ids, per_day = excluded.per_day, days = excluded.days, times = excluded.times,
    counts_inside = excluded.counts_inside, inside_limit = excluded.inside_limit`;

/** Writes these checkpoints and removes the event's other ones. */
export function replaceCheckpoints(trx: Writes, eventId: EventId, all: Checkpoint[], now: Date): void {
  trx.write(removeSql, [eventId, all.map(({ id }) => id), now]);
  const rows = all.map((each, position): CheckpointRow & { position: number } => ({
    position,
    id: each.id,
    name: each.name,
    kind: each.kind,
    ticket_type_ids: each.ticketTypeIds,
    per_day: each.perDay,
    days: each.days,
    times: each.times,
    counts_inside: each.countsInside,
    inside_limit: each.insideLimit,
  }));
  trx.write(putSql, [eventId, JSON.stringify(rows)]);
}
