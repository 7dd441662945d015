import type { ConflictCode } from '../../../contract/door-conflicts.ts';
import type { CheckInId, EventId, Id, OrderId, TicketId } from '../../../contract/ids.ts';
import type { Queryable, Reads, Writes } from '../../data/db.ts';

export interface ConflictRow {
  id: Id<'doorConflict'>;
  ticketId: TicketId;
  code: ConflictCode;
  scan: ScanRow;
  admission: ScanRow | null;
  ticket_type_name: string;
  seat_section: string | null;
  seat_row: string | null;
  seat_label: string | null;
  attendee_name: string | null;
  order_id: OrderId;
  created_at: Date;
  cleared_at: Date | null;
  resolved_at: Date | null;
  resolved_by: string | null;
  note: string | null;
}

/** As JSON, so times are texts. */
export interface ScanRow {
  id: CheckInId;
  kind: 'entry' | 'exit' | 'handout';
  void: number;
  scanned_at: string;
  said_at: string | null;
  gate: string | null;
  device: string | null;
  person: string | null;
  is_offline: boolean;
}

// Reads names from the table of accounts and the table of door-links, because a manager looks at both scans at once. Each
// look-up is by key, for 50 rows of a page.
const scanOf = (id: string) => `(
  select json_build_object('id', scan.id, 'kind', kind, 'void', void, 'scanned_at', scanned_at, 'said_at', said_at, 'gate', gate,
    'is_offline', is_offline, 'device', (select name from door_devices where door_devices.id = device_id),
    'person', (select name from users where users.id = admitted_by))
  from check_ins scan where scan.id = ${id} and scan.event_id = door_conflicts.event_id)`;

// Reads what the guest has from the table of tickets, and the name of who resolved it from the table of accounts.
const conflicts = `
  select door_conflicts.id, ticket_id as "ticketId", code, ${scanOf('check_in_id')} as scan, ${scanOf('admission_id')} as admission,
    ticket_type_name, seat_section, seat_row, seat_label, attendee_name, order_id, created_at, cleared_at, resolved_at,
    (select name from users where users.id = resolved_by) as resolved_by, note
  from door_conflicts
  join tickets on tickets.id = ticket_id and tickets.event_id = door_conflicts.event_id`;
const listSql = `${conflicts}
  where door_conflicts.event_id = $1 and ($2::text is null or door_conflicts.id < $2)
  order by door_conflicts.id desc limit $3`;
export const selectConflicts = (
  db: Reads,
  eventId: EventId,
  before: Id<'doorConflict'> | null,
  limit: number,
): Promise<ConflictRow[]> => db.query<ConflictRow>(listSql, [eventId, before, limit]);

const oneSql = `${conflicts} where door_conflicts.event_id = $1 and door_conflicts.id = $2`;
export const selectConflict = async (
  db: Reads,
  eventId: EventId,
  id: Id<'doorConflict'>,
): Promise<ConflictRow | null> => (await db.query<ConflictRow>(oneSql, [eventId, id]))[0] ?? null;

const countSql = `
  select count(*)::int as open from door_conflicts where event_id = $1 and resolved_at is null and cleared_at is null`;
export const countOpenConflicts = async (db: Reads, eventId: EventId): Promise<number> =>
  (await db.query<{ open: number }>(countSql, [eventId]))[0]?.open ?? 0;

const lockSql = `select id, resolved_at from door_conflicts where event_id = $1 and id = $2 for no key update`;
export const lockConflict = async (
  trx: Queryable,
  eventId: EventId,
  id: Id<'doorConflict'>,
): Promise<{ resolved_at: Date | null } | null> =>
  (await trx.query<{ resolved_at: Date | null }>(lockSql, [eventId, id]))[0] ?? null;

const resolveSql = `
  update door_conflicts set resolved_at = $3, resolved_by = $4, note = $5 where event_id = $1 and id = $2`;
export const resolveConflict = (
  trx: Writes,
  eventId: EventId,
  id: Id<'doorConflict'>,
  resolved: { at: Date; by: string; note: string },
): void => trx.write(resolveSql, [eventId, id, resolved.at, resolved.by, resolved.note]);
