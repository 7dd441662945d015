import type {
  EventId,
  HoldId,
  Id,
  OrderId,
  ResaleId,
  TicketId,
  TicketTypeId,
  TransferId,
  UserId,
} from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import type { SeatName } from '../seating/seat-plan.ts';
import { placeOf, type TicketRow } from './ticket.ts';

/** A ticket to write. Its other columns start the same for all. */
export interface NewTicket {
  id: TicketId;
  eventId: EventId;
  orderId: OrderId;
  ticketTypeId: TicketTypeId;
  seatIndex: number | null;
  ticketTypeName: string;
  place: SeatName | null;
  price: TicketRow['price'];
  position: number;
  /** Until when it waits for a look at its order at the latest; null if it does not wait. */
  heldUntil: Date | null;
}

// Reads the attendees' names from the table of orders in the same statement, because asking for them first would keep
// the event locked for another round trip. There is no "on conflict": tickets_of_order and tickets_one_per_seat turn
// a second issue into an error, which fails the confirming transaction.
const insertAll = `
  insert into tickets (id, event_id, order_id, ticket_type_id, seat_index, attendee_name, position, issued_at,
    ticket_type_name, seat_section, seat_row, seat_label, net_minor, tax_minor, fee_minor, held_until)
  select id, event_id, order_id, ticket_type_id, seat_index,
    (select attendees -> position ->> 'name' from orders where orders.id = order_id and orders.event_id = ticket.event_id),
    position, $7, type_name, section, seat_row, label, net, tax, fee, held_until
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $8::text[], $9::text[], $10::text[],
    $11::text[], $12::int[], $13::int[], $14::int[], $15::timestamptz[])
    as ticket (id, event_id, order_id, ticket_type_id, seat_index, position, type_name, section, seat_row, label, net,
      tax, fee, held_until)`;

export function insertTickets(trx: Writes, tickets: NewTicket[], now: Date): void {
  trx.write(insertAll, [
    tickets.map((ticket) => ticket.id),
    tickets.map((ticket) => ticket.eventId),
    tickets.map((ticket) => ticket.orderId),
    tickets.map((ticket) => ticket.ticketTypeId),
    tickets.map((ticket) => ticket.seatIndex),
    tickets.map((ticket) => ticket.position),
    now,
    tickets.map((ticket) => ticket.ticketTypeName),
    tickets.map((ticket) => ticket.place?.section ?? null),
    tickets.map((ticket) => ticket.place?.row ?? null),
    tickets.map((ticket) => ticket.place?.seat ?? null),
    tickets.map((ticket) => ticket.price.netMinor),
    tickets.map((ticket) => ticket.price.taxMinor),
    tickets.map((ticket) => ticket.price.feeMinor),
    tickets.map((ticket) => ticket.heldUntil),
  ]);
}

// Locks in the order of the ids, as the door does, so that a cancellation and a batch of scans can't deadlock. Reads the
// table of orders and the table of exchanges (orders/): tickets of earlier orders count for the ticket of an exchange, and an
// unpaid exchange refuses a second one.
const lockOfOrders = `
  select id, order_id as "orderId", position, status, refunded_minor as "refundedMinor", transfer_id as "transferId",
    (select orders.hold_id from ticket_exchanges
      join orders on orders.id = ticket_exchanges.order_id and orders.event_id = ticket_exchanges.event_id
      where ticket_exchanges.ticket_id = tickets.id and orders.status = 'pending' limit 1) as exchange,
    resale_id as "resaleId", moved_event_id as "movedTo", owes_place as "owesPlace"
  from tickets
  where order_id = any($1::text[] || array(
    select unnest(credit_order_ids) from ticket_exchanges where order_id = any($1::text[])))
  order by id for no key update of tickets`;

export const lockTicketsOfOrders = (
  trx: Queryable,
  orderIds: OrderId[],
): Promise<
  (Pick<TicketRow, 'id' | 'orderId' | 'position' | 'status' | 'refundedMinor' | 'transferId'> & {
    exchange: HoldId | null;
    resaleId: ResaleId | null;
    movedTo: EventId | null;
    owesPlace: boolean;
  })[]
> => trx.query(lockOfOrders, [orderIds]);

// Has no condition on the status: the trigger tickets_forward raises an error for a ticket that was used. Several commands
// of a batch may be about one ticket, but a statement changes a row only once, so this sums first. The check on
// refunded_minor fails the transaction if refunds would exceed the price of the ticket.
const changeAll = `
  update tickets set refunded_minor = refunded_minor + changed.minor,
    status = case when changed.cancellation_id is null then status else 'cancelled' end,
    cancelled_at = case when changed.cancellation_id is null then cancelled_at else $5 end,
    cancellation_id = coalesce(changed.cancellation_id, tickets.cancellation_id)
  from (
    select order_id, event_id, position, max(cancellation_id) as cancellation_id, sum(minor)::int as minor
    from unnest($1::text[], $2::text[], $3::int[], $4::text[], $6::bigint[])
      as changed (order_id, event_id, position, cancellation_id, minor)
    group by order_id, event_id, position
  ) as changed
  where tickets.order_id = changed.order_id and tickets.event_id = changed.event_id and tickets.position = changed.position`;

/** What a cancellation or refund changes of one ticket. */
export interface TicketChange extends Pick<TicketRow, 'orderId' | 'eventId' | 'position'> {
  /** The cancellation that ends the ticket; null if the ticket stays as it is. */
  cancellationId: Id<'cancellation'> | null;
  /** How much of its price goes back. */
  refundMinor: number;
}

export function changePositions(trx: Writes, tickets: TicketChange[], now: Date): void {
  trx.write(changeAll, [
    tickets.map((ticket) => ticket.orderId),
    tickets.map((ticket) => ticket.eventId),
    tickets.map((ticket) => ticket.position),
    tickets.map((ticket) => ticket.cancellationId),
    now,
    tickets.map((ticket) => ticket.refundMinor),
  ]);
}

const columns = `id, event_id, order_id, ticket_type_id, seat_index, issue, status, attendee_name, position, issued_at, used_at,
  ticket_type_name, seat_section, seat_row, seat_label, net_minor, tax_minor, fee_minor,
  refunded_minor, transfer_id, holder_id, holder_email, resale_id, held_until`;
const findOne = `select ${columns} from tickets where id = $1`;
// The array comes out of a sub-select, which hides its length from the planner, so it plans once and not for each call.
const findOfOrders = `
  select ticket.* from unnest((select $1::text[])) as wanted (id)
  cross join lateral (select ${columns} from tickets where tickets.order_id = wanted.id offset 0) as ticket
  order by order_id, position`;

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
  ticket_type_name: string;
  seat_section: string | null;
  seat_row: string | null;
  seat_label: string | null;
  net_minor: number;
  tax_minor: number;
  fee_minor: number;
  refunded_minor: number;
  transfer_id: TransferId | null;
  holder_id: UserId | null;
  holder_email: string | null;
  resale_id: ResaleId | null;
  held_until: Date | null;
}

export async function findTicket(db: Queryable, ticketId: TicketId): Promise<TicketRow | null> {
  const [row] = await db.query<Row>(findOne, [ticketId]);
  return row ? toRow(row) : null;
}

const findSeveral = `select ${columns} from tickets where id = any($1::text[]) order by id desc`;
/** The newest first. */
export const findTickets = async (db: Queryable, ids: TicketId[]): Promise<TicketRow[]> =>
  ids.length === 0 ? [] : (await db.query<Row>(findSeveral, [ids])).map(toRow);

/** Sorted by order and, within an order, by line. */
export async function findTicketsOfOrders(db: Queryable, orderIds: OrderId[]): Promise<TicketRow[]> {
  return (await db.query<Row>(findOfOrders, [orderIds])).map(toRow);
}

const toRow = (row: Row): TicketRow => ({
  id: row.id,
  eventId: row.event_id,
  orderId: row.order_id,
  ticketTypeId: row.ticket_type_id,
  seatIndex: row.seat_index,
  ticketTypeName: row.ticket_type_name,
  place: placeOf(row),
  price: { netMinor: row.net_minor, taxMinor: row.tax_minor, feeMinor: row.fee_minor },
  refundedMinor: row.refunded_minor,
  issue: row.issue,
  status: row.status,
  attendeeName: row.attendee_name,
  transferId: row.transfer_id,
  holderId: row.holder_id,
  holderEmail: row.holder_email,
  resaleId: row.resale_id,
  heldUntil: row.held_until,
  position: row.position,
  issuedAt: row.issued_at,
  usedAt: row.used_at,
});
