import type { EventId, OrderId, TicketId, TicketTypeId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { TicketRow } from './ticket.ts';

/** A ticket to be written; what is not here starts the same for all. */
export interface NewTicket {
  id: TicketId;
  eventId: EventId;
  orderId: OrderId;
  ticketTypeId: TicketTypeId;
  seatIndex: number | null;
  position: number;
}

// The names are looked up in the order: to ask for them first would keep the event locked for another round
// trip. No "on conflict": tickets_of_order and tickets_one_per_seat turn a second issue into an error, and the
// confirming transaction with it.
const insertAll = `
  insert into tickets (id, event_id, order_id, ticket_type_id, seat_index, attendee_name, position, issued_at)
  select id, event_id, order_id, ticket_type_id, seat_index,
    (select attendees -> position ->> 'name' from orders where orders.id = order_id and orders.event_id = ticket.event_id),
    position, $7
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[])
    as ticket (id, event_id, order_id, ticket_type_id, seat_index, position)`;

export function insertTickets(trx: Writes, tickets: NewTicket[], now: Date): void {
  trx.write(insertAll, [
    tickets.map((ticket) => ticket.id),
    tickets.map((ticket) => ticket.eventId),
    tickets.map((ticket) => ticket.orderId),
    tickets.map((ticket) => ticket.ticketTypeId),
    tickets.map((ticket) => ticket.seatIndex),
    tickets.map((ticket) => ticket.position),
    now,
  ]);
}

// A used ticket stays used: whoever is inside is inside. Rows are locked in the order of their ids, as the
// door does, so that a cancellation and a batch of scans can't deadlock.
const cancelAll = `
  with due as (
    select id, event_id from tickets where order_id = any($1) and status = 'valid' order by id for update
  )
  update tickets set status = 'cancelled', cancelled_at = $2 from due
  where tickets.id = due.id and tickets.event_id = due.event_id`;

export const cancelValidTickets = (trx: Transaction, orderIds: OrderId[], now: Date): Promise<number> =>
  trx.run(cancelAll, [orderIds, now]);

const columns = `id, event_id, order_id, ticket_type_id, seat_index, issue, status, attendee_name, position, issued_at, used_at`;
const findOne = `select ${columns} from tickets where id = $1`;
const findOfOrders = `select ${columns} from tickets where order_id = any($1) order by order_id, position`;

interface Row {
  id: TicketId;
  event_id: EventId;
  order_id: OrderId;
  ticket_type_id: TicketTypeId;
  seat_index: number | null;
  issue: number;
  status: TicketRow['status'];
  attendee_name: string | null;
  position: number;
  issued_at: Date;
  used_at: Date | null;
}

export async function findTicket(db: Queryable, ticketId: TicketId): Promise<TicketRow | null> {
  const [row] = await db.query<Row>(findOne, [ticketId]);
  return row ? toRow(row) : null;
}

/** In the order of their orders and, within an order, of its lines. */
export async function findTicketsOfOrders(db: Queryable, orderIds: OrderId[]): Promise<TicketRow[]> {
  return (await db.query<Row>(findOfOrders, [orderIds])).map(toRow);
}

const toRow = (row: Row): TicketRow => ({
  id: row.id,
  eventId: row.event_id,
  orderId: row.order_id,
  ticketTypeId: row.ticket_type_id,
  seatIndex: row.seat_index,
  issue: row.issue,
  status: row.status,
  attendeeName: row.attendee_name,
  position: row.position,
  issuedAt: row.issued_at,
  usedAt: row.used_at,
});
