import type { ConflictCode } from '../../../contract/door-conflicts.ts';
import type { Checkpoint } from '../../../contract/door-rules.ts';
import type { CheckInId, CheckpointId, EventId, Id, TicketId } from '../../../contract/ids.ts';
import type { Reads, Transaction, Writes } from '../../data/db.ts';
import type { Conflict, LoggedMovement } from './movements.ts';
import { type DoorTicketRow, ticketColumns } from './store.ts';

// Locks the table of tickets in the order of their ids, as every scan does. Reads the table of payments for disputes, and the table
// of orders and the table of catalog for what ended a ticket, under this lock.
const lockSql = `
  select ${ticketColumns} from tickets where event_id = $1 and id = any($2::text[])
  order by id for no key update of tickets`;
export const lockDoorTickets = (
  trx: Transaction,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<DoorTicketRow[]> => trx.query(lockSql, [eventId, ticketIds]);

const movementColumns = `check_ins.id, check_ins.ticket_id as "ticketId", check_ins.nonce, kind, checkpoint_id as "checkpointId",
  day::text as day, visit, void, gate, scanned_at as "scannedAt", said_at as "saidAt", is_offline as "isOffline",
  admitted_by as "admittedBy", device_id as "deviceId", undone_at as "undoneAt", is_told as "isTold",
  door_conflicts.id as "conflictId", code, admission_id as "admissionId", cleared_at is not null as "isCleared"`;
const movementsSql = `
  select ${movementColumns}
  from unnest((select $2::text[])) as wanted (ticket_id)
  cross join lateral (
    select * from check_ins where check_ins.ticket_id = wanted.ticket_id and check_ins.event_id = $1
  ) as check_ins
  left join door_conflicts on door_conflicts.check_in_id = check_ins.id and door_conflicts.event_id = $1`;
const ofNoncesSql = `
  select ${movementColumns}
  from unnest((select $2::text[])) as wanted (nonce)
  cross join lateral (
    select * from check_ins where check_ins.nonce = wanted.nonce and check_ins.event_id = $1
  ) as check_ins
  left join door_conflicts on door_conflicts.check_in_id = check_ins.id and door_conflicts.event_id = $1`;

type MovementRow = Omit<LoggedMovement, 'conflict'> & {
  conflictId: Id<'doorConflict'> | null;
  code: ConflictCode | null;
  admissionId: CheckInId | null;
  isCleared: boolean;
};

const toMovement = ({ conflictId, code, admissionId, isCleared, ...row }: MovementRow): LoggedMovement => ({
  ...row,
  conflict: conflictId && code ? { id: conflictId, code, admissionId, isCleared } : null,
});

/** All movements of these tickets, whether they count or not. */
export const selectMovements = async (
  db: Reads,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<LoggedMovement[]> =>
  (await db.query<MovementRow>(movementsSql, [eventId, ticketIds])).map(toMovement);

/** The movements that these scans have made already. */
export const selectByNonce = async (
  db: Reads,
  eventId: EventId,
  nonces: string[],
): Promise<LoggedMovement[]> => (await db.query<MovementRow>(ofNoncesSql, [eventId, nonces])).map(toMovement);

// Counts in the table of tickets under the lock of the event's door settings. 50,000 tickets take 25 to 60 ms, and scans that wait
// meanwhile share the next count. A counter of its own would have to be kept right through every change of the settings.
const insideSql = `
  select null as id, count(*)::int as inside from tickets
  where event_id = $1 and cancelled_at is null and is_inside and (inside_day is null or inside_day = $2::text::date)
  union all
  select zone.id, (
    select count(*)::int from tickets where event_id = $1 and cancelled_at is null
      and uses -> zone.id ->> 'inside' = 'true' and coalesce(uses -> zone.id ->> 'day', $2::text) = $2::text)
  from unnest($3::text[]) as zone (id)
  union all
  select part.id, (
    select count(*)::int from tickets where event_id = $1 and cancelled_at is null
      and is_inside and inside_checkpoint = part.id and (inside_day is null or inside_day = $2::text::date))
  from unnest($4::text[]) as part (id)`;

/** Counts who is in the house on this day, and at each checkpoint that has a limit. */
export async function countInside(
  db: Reads,
  eventId: EventId,
  day: string,
  checkpoints: Checkpoint[],
): Promise<Map<CheckpointId | null, number>> {
  const limited = checkpoints.filter(({ insideLimit }) => insideLimit !== null);
  const [parts, zones] = [true, false].map((countsInside) =>
    limited.filter((each) => each.countsInside === countsInside).map(({ id }) => id),
  );
  const values = [eventId, day, zones, parts];
  const rows = await db.query<{ id: CheckpointId | null; inside: number }>(insideSql, values);
  return new Map(rows.map(({ id, inside }) => [id, inside]));
}

// Writes the table of tickets, as an admission does (store.ts). A ticket that was cancelled stays so when its guest leaves.
const updateTicketsSql = `
  update tickets set
    status = case when status = 'cancelled' then status when is_used then 'used' else 'valid' end,
    used_at = case when status = 'cancelled' then tickets.used_at else changed.used_at end,
    visit = changed.visit, is_inside = changed.is_inside, inside_checkpoint = changed.inside_checkpoint,
    inside_day = changed.inside_day, uses = changed.uses
  from json_to_recordset($2::json) as changed (id text, is_used boolean, used_at timestamptz, visit int, is_inside boolean,
    inside_checkpoint text, inside_day date, uses jsonb)
  where tickets.id = changed.id and tickets.event_id = $1`;

export interface TicketChange
  extends Pick<DoorTicketRow, 'id' | 'visit' | 'is_inside' | 'inside_checkpoint' | 'inside_day' | 'uses'> {
  is_used: boolean;
  used_at: Date | null;
}

export const updateTickets = (trx: Writes, eventId: EventId, changes: TicketChange[]): void =>
  trx.write(updateTicketsSql, [eventId, JSON.stringify(changes)]);

// No two movements that count may be the same visit, at no time. So a movement first stops counting, then others take its place.
const withdrawSql = `
  update check_ins set void = changed.void
  from json_to_recordset($2::json) as changed (id text, void int)
  where check_ins.id = changed.id and check_ins.event_id = $1`;
const placeSql = `
  update check_ins set void = changed.void, kind = changed.kind, checkpoint_id = changed."checkpointId", day = changed.day,
    visit = changed.visit, is_told = changed."isTold"
  from json_to_recordset($2::json) as changed (id text, void int, kind text, "checkpointId" text, day date, visit int, "isTold" boolean)
  where check_ins.id = changed.id and check_ins.event_id = $1`;

/** Writes which of the known movements count now. `free` is a number that no movement of these tickets has as its void. */
export function placeMovements(trx: Writes, eventId: EventId, changed: LoggedMovement[], free: number): void {
  if (changed.length === 0) return;
  const away = changed.map(({ id }, n) => ({ id, void: free + n }));
  trx.write(withdrawSql, [eventId, JSON.stringify(away)]);
  trx.write(placeSql, [eventId, JSON.stringify(changed)]);
}

const insertSql = `
  insert into check_ins (id, event_id, ticket_id, nonce, gate, admitted_by, device_id, scanned_at, said_at, is_offline,
    kind, checkpoint_id, day, visit, void, is_told, created_at)
  select id, $1, "ticketId", nonce, gate, "admittedBy", "deviceId", "scannedAt", "saidAt", "isOffline",
    kind, "checkpointId", day, visit, void, "isTold", $3
  from json_to_recordset($2::json) as made (id text, "ticketId" text, nonce text, gate text, "admittedBy" text,
    "deviceId" text, "scannedAt" timestamptz, "saidAt" timestamptz, "isOffline" boolean, kind text, "checkpointId" text,
    day date, visit int, void int, "isTold" boolean)`;
export const insertMovements = (trx: Writes, eventId: EventId, made: LoggedMovement[], now: Date): void =>
  trx.write(insertSql, [eventId, JSON.stringify(made), now]);

const conflictsSql = `
  insert into door_conflicts (event_id, id, ticket_id, check_in_id, code, admission_id, created_at, cleared_at)
  select $1, id, "ticketId", "checkInId", code, "admissionId", $3, case when "isCleared" then $3::timestamptz end
  from json_to_recordset($2::json) as made (id text, "ticketId" text, "checkInId" text, code text, "admissionId" text,
    "isCleared" boolean)
  on conflict (check_in_id, event_id) do update set code = excluded.code, admission_id = excluded.admission_id,
    cleared_at = case when excluded.cleared_at is null then null else coalesce(door_conflicts.cleared_at, excluded.cleared_at) end`;
export const putConflicts = (
  trx: Writes,
  eventId: EventId,
  conflicts: (Conflict & { ticketId: TicketId; checkInId: CheckInId })[],
  now: Date,
): void => trx.write(conflictsSql, [eventId, JSON.stringify(conflicts), now]);

const undoSql = `
  update check_ins set void = $3, undone_at = $4, undone_by = $5, undo_reason = $6 where id = $2 and event_id = $1`;
export const undoMovement = (
  trx: Writes,
  eventId: EventId,
  id: CheckInId,
  undone: { void: number; at: Date; by: string; reason: string },
): void => trx.write(undoSql, [eventId, id, undone.void, undone.at, undone.by, undone.reason]);

const ticketOfSql = `select ticket_id as "ticketId" from check_ins where id = $2 and event_id = $1`;
export const selectTicketOf = async (db: Reads, eventId: EventId, id: CheckInId): Promise<TicketId | null> =>
  (await db.query<{ ticketId: TicketId }>(ticketOfSql, [eventId, id]))[0]?.ticketId ?? null;

// Reads the names of people and devices from the table of accounts and the table of door-links.
const namesSql = `
  select id, name from users where id = any($1::text[])
  union all select id, name from door_devices where id = any($2::text[])`;
/** The names of who scanned, by the ids of people and devices. */
export async function selectScannerNames(
  db: Reads,
  movements: LoggedMovement[],
): Promise<Map<string, string>> {
  const people = movements.flatMap(({ admittedBy }) => admittedBy ?? []);
  const devices = movements.flatMap(({ deviceId }) => deviceId ?? []);
  if (people.length + devices.length === 0) return new Map();
  const rows = await db.query<{ id: string; name: string }>(namesSql, [people, devices]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

// The latest of its ticket that counts, as mayTakeBack decides. In the order of the tickets, in which their rows are locked.
const ofDeviceSql = `
  select id, count(*) over ()::int as count from check_ins as own
  where event_id = $1 and device_id = $2 and void = 0 and ($3::timestamptz is null or scanned_at >= $3)
    and not exists (
      select from check_ins as later
      where later.ticket_id = own.ticket_id and later.event_id = own.event_id and later.void = 0 and later.id <> own.id
        and (later.scanned_at > own.scanned_at or later.scanned_at = own.scanned_at and later.kind = 'exit'))
  order by ticket_id limit $4`;
/** Scans of a device that can be taken back, and how many there are in all. */
export async function selectOfDevice(
  db: Reads,
  { eventId, deviceId, since }: { eventId: EventId; deviceId: Id<'doorDevice'>; since: Date | null },
  limit: number,
): Promise<{ ids: CheckInId[]; count: number }> {
  const rows = await db.query<{ id: CheckInId; count: number }>(ofDeviceSql, [
    eventId,
    deviceId,
    since,
    limit,
  ]);
  return { ids: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
}
