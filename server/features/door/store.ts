import type { EventId, Id, OrderId, TicketId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../db.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

/** A scan whose code was signed by us for this event. */
export interface KnownScan {
  checkInId: Id<'checkIn'>;
  ticketId: TicketId;
  issue: number;
  nonce: string;
  gate: string | null;
  scannedAt: Date;
}

// Admits every ticket that may come in, in one statement. `locked` takes the tickets' rows in the order of
// their ids, so that two devices handing in the same tickets wait for each other and do not deadlock; what
// it reads after waiting is what the winner has committed. `first` leaves one scan per ticket, the earliest
// in the batch. A nonce that another transaction is using at this instant fails on its unique index.
const admitAll = `
  with scan as (
    select * from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[])
      with ordinality as scan (check_in_id, ticket_id, issue, nonce, gate, scanned_at, n)
  ), locked as (
    select id, issue, status from tickets
    where event_id = $1 and id = any($3)
    order by id
    for update
  ), first as (
    select distinct on (locked.id) scan.*
    from locked join scan on scan.ticket_id = locked.id and scan.issue = locked.issue
    where locked.status = 'valid'
      and not exists (select from check_ins where event_id = $1 and nonce = scan.nonce)
    order by locked.id, scan.n
  ), used as (
    update tickets set status = 'used', used_at = first.scanned_at
    from first
    where tickets.event_id = $1 and tickets.id = first.ticket_id
  )
  insert into check_ins (id, event_id, ticket_id, nonce, gate, admitted_by, scanned_at, created_at)
  select check_in_id, $1, ticket_id, nonce, gate, $8, scanned_at, $9 from first
  returning ticket_id, id, gate, scanned_at`;

/** Those that were admitted by this very call. */
export function admitTickets(
  trx: Transaction,
  eventId: EventId,
  scans: KnownScan[],
  admittedBy: UserId,
  now: Date,
): Promise<{ ticket_id: TicketId; id: Id<'checkIn'>; gate: string | null; scanned_at: Date }[]> {
  return trx.query(admitAll, [
    eventId,
    scans.map((scan) => scan.checkInId),
    scans.map((scan) => scan.ticketId),
    scans.map((scan) => scan.issue),
    scans.map((scan) => scan.nonce),
    scans.map((scan) => scan.gate),
    scans.map((scan) => scan.scannedAt),
    admittedBy,
    now,
  ]);
}

const findTickets = `
  select id, order_id, ticket_type_id, seat_index, issue, status, attendee_name
  from tickets where event_id = $1 and id = any($2)`;

export interface DoorTicket {
  id: TicketId;
  order_id: OrderId;
  ticket_type_id: TicketTypeId;
  seat_index: number | null;
  issue: number;
  status: TicketStatus;
  attendee_name: string | null;
}

export const findDoorTickets = (
  db: Queryable,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<DoorTicket[]> => db.query(findTickets, [eventId, ticketIds]);

const findAdmissions = `
  select check_ins.id, ticket_id, nonce, gate, scanned_at, users.name as admitted_by
  from check_ins join users on users.id = check_ins.admitted_by
  where event_id = $1 and (nonce = any($2) or ticket_id = any($3))`;

export interface AdmissionRow {
  id: Id<'checkIn'>;
  ticket_id: TicketId;
  nonce: string;
  gate: string | null;
  scanned_at: Date;
  admitted_by: string;
}

/** The admissions that these scans made now or before, and those of their tickets. */
export const findAdmissionsOf = (
  db: Queryable,
  eventId: EventId,
  nonces: string[],
  ticketIds: TicketId[],
): Promise<AdmissionRow[]> => db.query(findAdmissions, [eventId, nonces, ticketIds]);

const countTickets = `
  select count(*) filter (where status = 'used') as admitted, count(*) as tickets
  from tickets where event_id = $1 and status <> 'cancelled'`;

export async function countAdmitted(
  db: Queryable,
  eventId: EventId,
): Promise<{ admitted: number; tickets: number }> {
  const [counts] = await db.query<{ admitted: number; tickets: number }>(countTickets, [eventId]);
  return counts ?? { admitted: 0, tickets: 0 };
}
