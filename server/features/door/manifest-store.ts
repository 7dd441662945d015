import type { DoorRules, StoredUses } from '../../../contract/door-rules.ts';
import type { TicketCodes } from '../../../contract/event-fields.ts';
import type {
  CheckpointId,
  EventId,
  OrderId,
  SeatMapId,
  TicketId,
  TicketTypeId,
} from '../../../contract/ids.ts';
import type { Reads } from '../../data/db.ts';
import type { TicketStatus } from '../tickets/ticket.ts';
import { extrasColumn } from './rules-store.ts';

/** The state of the database at one moment, and the event. */
export interface ManifestMoment {
  /** Names this history of this database: 16 hexadecimal digits. */
  identity: string;
  /** No transaction below it is running. With its epoch, so it never wraps. */
  snapshotXmin: number;
  title: string;
  status: 'draft' | 'published' | 'cancelled';
  startsAt: Date;
  doorsAt: Date | null;
  endsAt: Date;
  timeZone: string;
  venueName: string;
  ticketCodes: TicketCodes;
  ticketTypes: { id: TicketTypeId; name: string; doorNote: string }[];
  /** Null for an event without numbered seats. */
  seatMapId: SeatMapId | null;
  disputedOrders: OrderId[];
  /** The passes that open this date. */
  passes: EventId[];
  /** The keys of the questions whose answers a gate shows. */
  doorQuestions: string[];
  /** Null if the event sets no rules for its door. */
  rules: DoorRules | null;
}

// Reads tables of catalog, the tables of sale with the ticket types and the questions, the table of seating the table of payments with the disputes, the table of orders and the table of date-passes: a gate must know all
// of them as they are at one moment.
// The identity changes with everything that may give a transaction id a second meaning: another cluster or database, a promoted
// standby or a recovery (both begin a new timeline), and a start of the server, which a restored copy of the data directory
// needs. It changes with the way of showing tickets, too, because the wallets of an event with fixed codes are not read, and with the
// questions for the door, because the answers to others are not read.
const momentSql = `
  select substr(encode(sha256(convert_to(concat_ws(' ', (select system_identifier from pg_control_system()),
      (select oid from pg_database where datname = current_database()), substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
      pg_postmaster_start_time(), ticket_codes, asked.at_door), 'utf8')), 'hex'), 1, 16) as identity,
    pg_snapshot_xmin(pg_current_snapshot())::text::int8 as "snapshotXmin",
    title, case when exists (select from event_cancellations where event_id = $1) then 'cancelled' else status end as status,
    starts_at as "startsAt", doors_at as "doorsAt", ends_at as "endsAt", time_zone as "timeZone", venue_name as "venueName",
    ticket_codes as "ticketCodes",
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'doorNote', door_note) order by position), '[]')
      from ticket_types where event_id = $1) as "ticketTypes",
    (select id from seat_maps where event_id = $1 and replaced_at is null) as "seatMapId",
    (select coalesce(jsonb_agg(distinct order_id), '[]') from (
      select order_id from disputes where event_id = $1 and kind = 'chargeback' and status in ('needs_response', 'under_review')
      union all
      select orders.id from orders where orders.event_id = $1 and origin = 'pass' and lines->0->'ofPass'->>'orderId' = any(array(
        select disputes.order_id from disputes join pass_dates on pass_dates.pass_id = disputes.event_id
        where pass_dates.event_id = $1 and kind = 'chargeback' and disputes.status in ('needs_response', 'under_review')))
        and exists (select from pass_dates where pass_dates.event_id = $1)
    ) as disputed) as "disputedOrders",
    (select coalesce(jsonb_agg(pass_id order by pass_id), '[]') from pass_dates where event_id = $1) as passes,
    asked.at_door as "doorQuestions",
    (select jsonb_build_object('reEntry', re_entry, 'insideLimit', inside_limit, 'warnInsideAt', warn_inside_at,
      'disputed', disputed, 'dayStartsHour', day_starts_hour, 'checkpoints', (
        select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'ticketTypeIds', ticket_type_ids,
          'perDay', per_day, 'days', days, 'times', times, 'countsInside', counts_inside, 'insideLimit', inside_limit)
          order by position), '[]')
        from checkpoints where event_id = $1 and removed_at is null), 'extras', (select extras from (select ${extrasColumn('$1')}) as sold))
      from door_settings where event_id = $1) as rules
  from events cross join lateral (
    select coalesce(jsonb_agg(question->>'key'), '[]') as at_door
    from (select form from event_forms where event_id = $1 order by version desc limit 1) latest,
      jsonb_array_elements(form->'questions') question where (question->>'atDoor')::boolean) as asked
  where id = $1`;
export const selectMoment = async (db: Reads, eventId: EventId): Promise<ManifestMoment | null> =>
  (await db.query<ManifestMoment>(momentSql, [eventId]))[0] ?? null;

export interface ManifestRow {
  id: TicketId;
  orderId: OrderId;
  ticketTypeId: TicketTypeId;
  ticketTypeName: string;
  section: string | null;
  row: string | null;
  seat: string | null;
  issue: number;
  status: TicketStatus;
  isHeld: boolean;
  isRefunded: boolean;
  isTransferred: boolean;
  visit: number;
  isInside: boolean;
  insideCheckpoint: CheckpointId | null;
  insideDay: string | null;
  uses: StoredUses | null;
  name: string | null;
  usedAt: Date | null;
  gate: string | null;
  /** How many transaction ids before the moment's `snapshotXmin` the row was last written. Negative if after it. */
  writtenBefore: number;
}

// Reads the table of tickets.
// `xmin` is the transaction that wrote the present version of a row. It survives freezing and VACUUM FULL. So every row that a
// transaction wrote after the version of the last manifest has an age of at most the version's age, and no column, index or
// trigger must keep account of it. Both ages count from the same moment, and in 32 bits, so a version must be younger than
// 2^31 transactions.
// The two halves use one partial index each: tickets_of_event and tickets_cancelled_of_event.
const rowsOf = (which: 'is null' | 'is not null') => `
  select id, order_id, ticket_type_id, ticket_type_name, seat_section, seat_row, seat_label, issue, status, held_until,
    cancellation_id, transfer_id, attendee_name, used_at, visit, is_inside, inside_checkpoint, inside_day, uses, event_id,
    age(xmin) as age
  from tickets where event_id = $1 and cancelled_at ${which} and age(xmin) <= age($2::xid8::xid)`;
// Reads the table of orders with the cancellations, too: a ticket says nothing of why it ended. With "exists" PostgreSQL would read
// the cancellations of all events at once.
const rowsSql = `
  select ticket.id, order_id as "orderId", ticket_type_id as "ticketTypeId", ticket_type_name as "ticketTypeName",
    seat_section as section, seat_row as row, seat_label as seat, issue, status, held_until is not null as "isHeld",
    cancellation_id is not null and coalesce((select cause = 'refunded_by_organiser' from cancellations
      where cancellations.id = cancellation_id and cancellations.event_id = ticket.event_id), false) as "isRefunded",
    transfer_id is not null as "isTransferred", visit, is_inside as "isInside", inside_checkpoint as "insideCheckpoint",
    inside_day as "insideDay", uses, attendee_name as name, used_at as "usedAt", gate,
    age - age($3::xid8::xid) as "writtenBefore"
  from (${rowsOf('is null')} union all ${rowsOf('is not null')}) as ticket
  left join lateral (
    select gate from check_ins
    where ticket_id = ticket.id and event_id = ticket.event_id and void = 0 and ticket.status = 'used'
    order by scanned_at limit 1
  ) as first on true`;

/** The tickets of an event that a transaction from `since` on has written. */
export const selectWritten = (
  db: Reads,
  eventId: EventId,
  since: number,
  snapshotXmin: number,
): Promise<ManifestRow[]> => db.query(rowsSql, [eventId, String(since), String(snapshotXmin)]);

/** A full read: every row has been written since the first normal transaction id. */
const allSql = rowsSql.replaceAll('and age(xmin) <= age($2::xid8::xid)', 'and $2::text is null');
export const selectAll = (db: Reads, eventId: EventId, snapshotXmin: number): Promise<ManifestRow[]> =>
  db.query(allSql, [eventId, null, String(snapshotXmin)]);

// Reads the table of tickets' wallets and papers, only for an event whose codes turn. A wallet that opens a ticket writes here and
// not to the ticket.
const walletsSql = `
  select ticket_id as id, devices, paper, age(xmin) - age($3::xid8::xid) as "writtenBefore"
  from ticket_wallets where event_id = $1 and ($2::text is null or age(xmin) <= age($2::text::xid8::xid))`;
export interface WalletsRow {
  id: TicketId;
  devices: number;
  paper: boolean;
  writtenBefore: number;
}
export const selectWalletsWritten = (
  db: Reads,
  eventId: EventId,
  since: number | null,
  snapshotXmin: number,
): Promise<WalletsRow[]> =>
  db.query(walletsSql, [eventId, since === null ? null : String(since), String(snapshotXmin)]);
