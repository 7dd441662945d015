import type { EventId, OrderId, TicketId, TransferId } from '../../../contract/ids.ts';
import type { Queryable, Reads } from '../../data/db.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

// Reads the table of tickets: the door finds tickets by what is printed on them. Each of the two indexes has some of the tickets.
const issuesSql = `
  select id, issue from tickets where event_id = $1 and cancelled_at is null
  union all select id, issue from tickets where event_id = $1 and cancelled_at is not null`;
export const selectIssues = (db: Reads, eventId: EventId): Promise<{ id: TicketId; issue: number }[]> =>
  db.query(issuesSql, [eventId]);

// Reads the table of tickets.
const issuesOfSql = `select id, issue from tickets where id = any($2::text[]) and event_id = $1`;
/** The newest issues of these tickets. Those that the event does not have are missing. */
export const selectIssuesOf = async (
  db: Reads,
  eventId: EventId,
  ticketIds: TicketId[],
): Promise<Map<TicketId, number>> => {
  const rows = await db.query<{ id: TicketId; issue: number }>(issuesOfSql, [eventId, ticketIds]);
  return new Map(rows.map(({ id, issue }) => [id, issue]));
};

/** The newest issue of a ticket; null if the event has no such ticket. */
export const selectIssue = async (db: Reads, eventId: EventId, ticketId: TicketId): Promise<number | null> =>
  (await selectIssuesOf(db, eventId, [ticketId])).get(ticketId) ?? null;

export interface FoundTicketRow {
  id: TicketId;
  order_id: OrderId;
  issue: number;
  status: TicketStatus;
  is_inside: boolean;
  used_at: Date | null;
  ticket_type_name: string;
  seat_section: string | null;
  seat_row: string | null;
  seat_label: string | null;
  attendee_name: string | null;
  buyer_name: string;
}

// Reads the table of tickets and the buyer's name from the table of orders: a guest says either name. It goes through all
// tickets of one event; the operation's rate limit bounds how often.
const findSql = `
  select tickets.id, order_id, issue, tickets.status, is_inside, used_at, ticket_type_name, seat_section, seat_row, seat_label,
    attendee_name, buyer_name
  from tickets join orders on orders.id = order_id and orders.event_id = tickets.event_id
  where tickets.event_id = $1 and tickets.cancelled_at is null
    and (tickets.id = any($5::text[]) or right(order_id, 8) like $2
      or lower(concat_ws(' ', seat_section, seat_row, seat_label)) like $3
      or $4::text is not null and (lower(attendee_name) like $4 or lower(buyer_name) like $4))
  order by lower(coalesce(attendee_name, buyer_name)), order_id, position limit $6`;

/** Finds tickets by patterns for `like`: of order numbers, of seats, and of names (null if names may not be searched). */
export const findTickets = (
  db: Reads,
  eventId: EventId,
  by: { order: string; seat: string; name: string | null; ticketIds: TicketId[] },
  limit: number,
): Promise<FoundTicketRow[]> => db.query(findSql, [eventId, by.order, by.seat, by.name, by.ticketIds, limit]);

export interface GroupTicket {
  id: TicketId;
  order_id: OrderId;
  issue: number;
  status: TicketStatus;
  transfer_id: TransferId | null;
  is_extra: boolean;
}

// Reads the table of tickets and the table of sale, which knows extras: the order of a ticket is the group that came together.
const groupSql = `
  select other.id, other.order_id, other.issue, other.status, other.transfer_id,
    exists (select from ticket_types where ticket_types.event_id = other.event_id and id = other.ticket_type_id
      and product_id is not null) as is_extra
  from tickets mine join tickets other on other.order_id = mine.order_id and other.event_id = mine.event_id
  where mine.id = $2 and mine.event_id = $1 order by other.position`;
/** All tickets of the order that a ticket belongs to. */
export const selectGroup = (db: Reads, eventId: EventId, ticketId: TicketId): Promise<GroupTicket[]> =>
  db.query(groupSql, [eventId, ticketId]);

const sentSql = `
  select nonce, ticket_id as "ticketId" from unnest((select $2::text[])) as sent (nonce)
  cross join lateral (select ticket_id from check_ins where check_ins.nonce = sent.nonce and event_id = $1) as known`;
/** Which of these nonces the door has seen, and with which ticket. */
export const selectSent = (
  db: Queryable,
  eventId: EventId,
  nonces: string[],
): Promise<{ nonce: string; ticketId: TicketId }[]> => db.query(sentSql, [eventId, nonces]);
