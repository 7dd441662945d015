import type { StoredUses } from '../../../contract/door-rules.ts';
import type {
  CheckpointId,
  EventId,
  Id,
  OrderId,
  ResaleId,
  TicketId,
  TicketTypeId,
  UserId,
} from '../../../contract/ids.ts';
import type { Db, Queryable } from '../../data/db.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

/** A scan whose code we signed for this event, made by a member of its team or by a device of a door link. */
export interface KnownScan {
  checkInId: Id<'checkIn'>;
  eventId: EventId;
  ticketId: TicketId;
  issue: number;
  nonce: string;
  gate: string | null;
  /** By the clock of the server. */
  scannedAt: Date;
  /** What the clock of the device said; null if it sent no time. */
  saidAt: Date | null;
  /** The gate let the guest in without the server. */
  isOffline: boolean;
  admittedBy: UserId | null;
  deviceId: Id<'doorDevice'> | null;
}

export interface DoorTicketRow {
  id: TicketId;
  order_id: OrderId;
  ticket_type_id: TicketTypeId;
  ticket_type_name: string;
  seat_section: string | null;
  seat_row: string | null;
  seat_label: string | null;
  issue: number;
  status: TicketStatus;
  attendee_name: string | null;
  visit: number;
  is_inside: boolean;
  inside_checkpoint: CheckpointId | null;
  inside_day: string | null;
  uses: StoredUses | null;
  /** Its open offer for resale, which ends with the admission. */
  resale_id: ResaleId | null;
  was_refunded: boolean;
  is_transferred: boolean;
  is_waiting: boolean;
  is_disputed: boolean;
}

/** What the steward sees of a ticket. */
export type ShownTicket = Pick<
  DoorTicketRow,
  | 'order_id'
  | 'ticket_type_id'
  | 'ticket_type_name'
  | 'seat_section'
  | 'seat_row'
  | 'seat_label'
  | 'issue'
  | 'attendee_name'
>;

export interface Admission {
  check_in_id: Id<'checkIn'>;
  event_id: EventId;
  ticket_id: TicketId;
  nonce: string;
  gate: string | null;
  scanned_at: Date;
}

type AdmittedRow = ShownTicket & Pick<DoorTicketRow, 'resale_id'> & { n: number };

/** An admission, with everything that the steward must know of the ticket. */
export type Admitted = Admission & ShownTicket & Pick<DoorTicketRow, 'resale_id'>;

// A ticket that a pass brought is stopped by a dispute about the order of the pass. Only dates of passes look at orders for it. Reads
// the table of date-passes, the table of orders and the table of payments.
const passDispute = (ticket: string): string => `
  case when (select true from pass_dates where pass_dates.event_id = ${ticket}.event_id limit 1) then (
    select true from disputes
    where disputes.order_id = (select lines->0->'ofPass'->>'orderId' from orders
        where orders.id = ${ticket}.order_id and orders.event_id = ${ticket}.event_id)
      and disputes.kind = 'chargeback' and disputes.status in ('needs_response', 'under_review') limit 1) end`;

// Reads a table of catalog: a cancelled event admits nobody from the commit of its cancellation on, before the job has
// ended its tickets. One look-up by the event's key costs less than a cache that every process must drop in time. Reads a table
// of payments for the same reason: an open dispute stops a ticket at once.
// Writes the table of tickets itself. As a command of tickets it would be a transaction of four round trips (begin,
// update, insert, commit) that keeps the tickets' rows locked meanwhile. This statement is the whole transaction and
// takes one round trip: it admits every ticket that may come in and writes the outbox.
// `locked` locks the tickets' rows in the order of their ids, so that two devices with the same tickets wait for each
// other and do not deadlock. After such a wait, it reads the row that the winner has committed, which the rest of the
// statement can't see. So the update finds the row by its key and not by its physical address. `first` keeps one scan
// per ticket, the earliest. A nonce that another transaction uses at the same time fails on its unique index. Rows
// are looked up one by one (lateral, and "select true" instead of "exists", which PostgreSQL may turn into a join with the whole
// table), so that no plan scans a table for them, with or without statistics.
const admitAll = `
  with scan as (
    select "checkInId" as check_in_id, "eventId" as event_id, "ticketId" as ticket_id, issue as scanned_issue, nonce, gate,
      "scannedAt" as scanned_at, "admittedBy" as admitted_by, "deviceId" as device_id, "saidAt" as said_at,
      "isOffline" as is_offline, n
    from json_to_recordset($1::json) as scan ("checkInId" text, "eventId" text, "ticketId" text, issue int, nonce text,
      gate text, "scannedAt" timestamptz, "admittedBy" text, "deviceId" text, "saidAt" timestamptz, "isOffline" boolean, n int)
  ), locked as materialized (
    select scan.*, ticket.*
    from scan cross join lateral (
      select issue, status, order_id, ticket_type_id, ticket_type_name, seat_section, seat_row, seat_label, attendee_name, resale_id, held_until
      from tickets
      where id = scan.ticket_id and event_id = scan.event_id
      for update
    ) as ticket
  ), first as materialized (
    select distinct on (ticket_id) locked.*
    from locked left join lateral (
      select true as known from check_ins where nonce = locked.nonce and event_id = locked.event_id offset 0
    ) as earlier on true
    where status = 'valid' and issue = scanned_issue and held_until is null and earlier.known is null
      and (select true from event_cancellations where event_cancellations.event_id = locked.event_id) is null
      and (select true from door_settings where door_settings.event_id = locked.event_id) is null
      and (select true from disputes where disputes.order_id = locked.order_id and disputes.kind = 'chargeback'
        and disputes.status in ('needs_response', 'under_review') limit 1) is null
      and ${passDispute('locked')} is null
    order by ticket_id, n
  ), used as (
    update tickets set status = 'used', used_at = first.scanned_at, visit = 1, is_inside = true
    from first
    where tickets.id = first.ticket_id and tickets.event_id = first.event_id
  ), admitted as (
    insert into check_ins (id, event_id, ticket_id, nonce, gate, admitted_by, device_id, scanned_at, said_at, is_offline,
      created_at)
    select check_in_id, event_id, ticket_id, nonce, gate, admitted_by, device_id, scanned_at, said_at, is_offline, $2 from first
  ), told as (
    insert into outbox (topic, type, event_id, payload, created_at)
    select 'door_events', 'admit.ticket.admitted.v1', event_id, jsonb_build_object('checkInId', check_in_id, 'ticketId', ticket_id,
      'ticketTypeId', ticket_type_id, 'orderId', order_id, 'gate', gate, 'checkedInAt', to_char(scanned_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), $2
    from first order by n
  )
  select n, order_id, ticket_type_id, ticket_type_name, seat_section, seat_row, seat_label, issue, attendee_name, resale_id
  from first`;

/** Returns the tickets that this call has admitted and committed. Earlier scans go first. */
export async function admitTickets(db: Db, scans: KnownScan[], now: Date): Promise<Admitted[]> {
  // Only the fields that the statement needs.
  const inOrder = scans
    .map((scan, n) => ({
      checkInId: scan.checkInId,
      eventId: scan.eventId,
      ticketId: scan.ticketId,
      issue: scan.issue,
      nonce: scan.nonce,
      gate: scan.gate,
      scannedAt: scan.scannedAt,
      admittedBy: scan.admittedBy,
      deviceId: scan.deviceId,
      saidAt: scan.saidAt,
      isOffline: scan.isOffline,
      n,
    }))
    .sort((a, b) => (a.ticketId < b.ticketId ? -1 : a.ticketId > b.ticketId ? 1 : a.n - b.n));
  const rows = await db.query<AdmittedRow>(admitAll, [JSON.stringify(inOrder), now]);
  // What the caller knows of a scan does not travel back. A time alone takes as long to parse as all other columns.
  return rows.map((row) => {
    const scan = scans[row.n] as KnownScan;
    return {
      ...row,
      check_in_id: scan.checkInId,
      event_id: scan.eventId,
      ticket_id: scan.ticketId,
      nonce: scan.nonce,
      gate: scan.gate,
      scanned_at: scan.scannedAt,
    };
  });
}

// Reads the table of payments for disputes, the table of orders for what ended a ticket, and the table of catalog for cancelled
// events: a ticket of such an event counts as cancelled, even before the job has ended it.
/** The columns of a DoorTicketRow. */
export const ticketColumns = `id, order_id, ticket_type_id, ticket_type_name, seat_section, seat_row, seat_label, issue, attendee_name,
  visit, is_inside, inside_checkpoint, inside_day::text as inside_day, uses, resale_id,
  coalesce((select cause = 'refunded_by_organiser' from cancellations
    where cancellations.id = tickets.cancellation_id and cancellations.event_id = tickets.event_id), false) as was_refunded,
  transfer_id is not null as is_transferred, held_until is not null as is_waiting,
  (select true from disputes where disputes.order_id = tickets.order_id and disputes.kind = 'chargeback'
    and disputes.status in ('needs_response', 'under_review') limit 1) is not null or ${passDispute('tickets')} is not null as is_disputed,
  case when status = 'valid' and (select true from event_cancellations where event_cancellations.event_id = tickets.event_id) is not null
    then 'cancelled' else status end as status`;

// Reads the table of tickets for refused scans, the table of payments for disputes, the table of orders for what ended a ticket,
// and the table of catalog for cancelled events. Devices that ask at the same moment share one look-up. The values come out of
// sub-selects, which hides their number from the planner, so it plans once and not for each call.
const findTickets = `
  select ticket.*, exists (select from door_settings where door_settings.event_id = wanted.event_id) as has_rules
  from unnest((select $1::text[]), (select $2::text[])) as wanted (event_id, ticket_id)
  cross join lateral (
    select ${ticketColumns} from tickets where id = wanted.ticket_id and event_id = wanted.event_id offset 0
  ) as ticket`;

export const findDoorTickets = (
  db: Queryable,
  scans: KnownScan[],
): Promise<(DoorTicketRow & { has_rules: boolean })[]> => db.query(findTickets, columnsOf(scans, 'ticketId'));

/** A batch may have the same ticket or nonce a hundred times, and reads it once. */
function columnsOf(scans: KnownScan[], name: 'ticketId' | 'nonce'): [EventId[], string[]] {
  const distinct = [...new Map(scans.map((scan) => [`${scan.eventId} ${scan[name]}`, scan])).values()];
  return [distinct.map(({ eventId }) => eventId), distinct.map((scan) => scan[name])];
}

// Reads the name of the scanning person or device from the table of accounts and the table of door-links, because
// a refusal must not wait for two queries. Each of the two unique indexes has its own look-up: with an "or" between them PostgreSQL read
// both by the event.
const findAdmissions = `
  select admission.*, coalesce(person.name, device.name) as admitted_by
  from (
    select made.* from unnest((select $1::text[]), (select $2::text[])) as scan (event_id, nonce)
    cross join lateral (
      select id as check_in_id, event_id, ticket_id, nonce, gate, scanned_at, admitted_by as scanner_id, device_id, void
      from check_ins where nonce = scan.nonce and event_id = scan.event_id
    ) as made
    union
    select made.* from unnest((select $3::text[]), (select $4::text[])) as scan (event_id, ticket_id)
    cross join lateral (
      select id, event_id, ticket_id, nonce, gate, scanned_at, admitted_by, device_id, void
      from check_ins where ticket_id = scan.ticket_id and event_id = scan.event_id and void = 0
    ) as made
  ) as admission
  left join lateral (select name from users where id = admission.scanner_id offset 0) as person on true
  left join lateral (select name from door_devices where id = admission.device_id offset 0) as device on true`;

/**
 * Finds what these scans made, now or earlier, and the admissions of their tickets that count, with the name of who scanned.
 */
export const findAdmissionsOf = (
  db: Queryable,
  scans: KnownScan[],
): Promise<(Admission & { admitted_by: string; void: number })[]> =>
  db.query(findAdmissions, [...columnsOf(scans, 'nonce'), ...columnsOf(scans, 'ticketId')]);
