import type { ConflictCode } from '../../../contract/door-conflicts.ts';
import type { CheckInId, CheckpointId, EventId, OrderId, TicketId } from '../../../contract/ids.ts';
import type { Db, Reads, Writes } from '../../data/db.ts';
import type { TicketStatus } from '../tickets/ticket.ts';
import type { DoorRefusal } from './scan.ts';
import type { KnownScan } from './store.ts';

export interface RefusedScan
  extends Pick<
    KnownScan,
    | 'eventId'
    | 'ticketId'
    | 'nonce'
    | 'gate'
    | 'admittedBy'
    | 'deviceId'
    | 'scannedAt'
    | 'saidAt'
    | 'isOffline'
  > {
  code: DoorRefusal | null;
  checkpointId: CheckpointId | null;
}

// Whoever holds a ticket can be refused without end, so a ticket keeps only some.
const noteSql = `
  insert into refused_scans (event_id, ticket_id, nonce, code, gate, checkpoint_id, scanned_by, device_id, scanned_at, said_at,
    is_offline)
  select "eventId", "ticketId", nonce, code, gate, "checkpointId", "admittedBy", "deviceId", "scannedAt", "saidAt", "isOffline"
  from json_to_recordset($1::json) as made ("eventId" text, "ticketId" text, nonce text, code text, gate text, "checkpointId" text,
    "admittedBy" text, "deviceId" text, "scannedAt" timestamptz, "saidAt" timestamptz, "isOffline" boolean)
  where (select count(*) from refused_scans known where known.ticket_id = "ticketId" and known.event_id = "eventId") < $2
  on conflict do nothing`;
export const insertRefused = (db: Db, refused: RefusedScan[], most: number): Promise<number> =>
  db.run(noteSql, [JSON.stringify(refused), most]);

const forgetSql = `delete from refused_scans where event_id = $1 and ticket_id = any($2::text[])`;
export const forgetRefused = (trx: Writes, eventId: EventId, ticketIds: TicketId[]): void =>
  trx.write(forgetSql, [eventId, ticketIds]);

interface ScannedTicket {
  status: TicketStatus;
  is_inside: boolean;
  ticket_type_name: string;
  seat_section: string | null;
  seat_row: string | null;
  seat_label: string | null;
  attendee_name: string | null;
  order_id: OrderId;
}

// Reads the table of tickets: the desk shows whose scans they are.
const ticketSql = `
  select status, is_inside, ticket_type_name, seat_section, seat_row, seat_label, attendee_name, order_id
  from tickets where id = $2 and event_id = $1`;
export const selectScannedTicket = async (
  db: Reads,
  eventId: EventId,
  ticketId: TicketId,
): Promise<ScannedTicket | null> =>
  (await db.query<ScannedTicket>(ticketSql, [eventId, ticketId]))[0] ?? null;

export interface TicketScanRow {
  id: CheckInId | null;
  kind: 'entry' | 'exit' | 'handout' | 'refused';
  checkpointId: CheckpointId | null;
  checkpoint: string | null;
  day: string | null;
  visit: number;
  void: number;
  gate: string | null;
  scannedAt: Date;
  saidAt: Date | null;
  isOffline: boolean;
  device: string | null;
  person: string | null;
  refusal: DoorRefusal | null;
  conflict: ConflictCode | null;
  conflictIsOpen: boolean;
  conflictNote: string | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  undoReason: string | null;
}

// Reads names from the table of accounts and the table of door-links. Each look-up is by key, for the scans of one ticket.
const scansSql = `
  select scan.*, checkpoints.name as checkpoint, device.name as device, person.name as person,
    door_conflicts.code as conflict, door_conflicts.note as "conflictNote",
    door_conflicts.id is not null and resolved_at is null and cleared_at is null as "conflictIsOpen",
    undoer.name as "undoneBy"
  from (
    select id, kind, checkpoint_id as "checkpointId", day::text as day, visit, void, gate, scanned_at as "scannedAt",
      said_at as "saidAt", is_offline as "isOffline", device_id, admitted_by as scanner_id, null as refusal,
      undone_at as "undoneAt", undone_by, undo_reason as "undoReason"
    from check_ins where ticket_id = $2 and event_id = $1
    union all
    select null, 'refused', checkpoint_id, null, 0, 1, gate, scanned_at, said_at, is_offline, device_id, scanned_by, code,
      null, null, null
    from refused_scans where ticket_id = $2 and event_id = $1
  ) as scan
  left join checkpoints on checkpoints.event_id = $1 and checkpoints.id = scan."checkpointId"
  left join door_conflicts on door_conflicts.check_in_id = scan.id and door_conflicts.event_id = $1
  left join lateral (select name from users where id = scan.scanner_id offset 0) as person on true
  left join lateral (select name from users where id = scan.undone_by offset 0) as undoer on true
  left join lateral (select name from door_devices where id = scan.device_id offset 0) as device on true
  order by scan."scannedAt", scan.id nulls last`;
export const selectTicketScans = (
  db: Reads,
  eventId: EventId,
  ticketId: TicketId,
): Promise<TicketScanRow[]> => db.query(scansSql, [eventId, ticketId]);
