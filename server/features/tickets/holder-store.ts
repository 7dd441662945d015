/* Who holds a ticket that has changed hands. The buyer of the order holds all others. */
import type { EventId, OrderId, ResaleId, TicketId, TransferId, UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import type { TicketStatus } from './ticket.ts';

const opened = `
  select opening.ticket_id as id from ticket_openings opening
    join tickets on tickets.id = opening.ticket_id and tickets.event_id = opening.event_id
  where opening.user_id = $1 and opening.issue = tickets.issue and tickets.transfer_id is not null`;
// Joins the table of accounts (`users`), which says whether an address is confirmed and whether the holder is a guest: both
// may change at any moment.
const claimed = `
  select claimed.id from users me
    join tickets claimed on lower(claimed.holder_email) = lower(me.email)
    join users holder on holder.id = claimed.holder_id and holder.is_anonymous
  where me.id = $1 and me.email_verified and not me.is_anonymous`;

const holdsSql = `
  select exists (${opened} and tickets.id = $2) or exists (${claimed} and claimed.id = $2) as holds`;
/** True if the user opened the ticket by its link, or if a guest accepted it with the user's confirmed address. */
export const holdsForAnother = async (db: Queryable, userId: UserId, ticketId: TicketId): Promise<boolean> =>
  (await db.query<{ holds: boolean }>(holdsSql, [userId, ticketId]))[0]?.holds === true;

const receivedSql = `
  select id from tickets where holder_id = $1 union ${opened} union ${claimed} order by id desc limit 200`;
export const findReceived = async (db: Queryable, userId: UserId): Promise<TicketId[]> =>
  (await db.query<{ id: TicketId }>(receivedSql, [userId])).map(({ id }) => id);

const lockSql = `
  select id, event_id as "eventId", order_id as "orderId", status, transfer_id as "transferId", attendee_name as "attendeeName",
    refunded_minor as "refundedMinor", resale_id as "resaleId", net_minor + tax_minor + fee_minor as "priceMinor"
  from tickets where id = $1 for no key update`;
export interface LockedTicket {
  id: TicketId;
  eventId: EventId;
  orderId: OrderId;
  status: TicketStatus;
  transferId: TransferId | null;
  attendeeName: string | null;
  refundedMinor: number;
  priceMinor: number;
  resaleId: ResaleId | null;
}
export const lockTicket = async (trx: Transaction, ticketId: TicketId): Promise<LockedTicket | null> =>
  (await trx.query<LockedTicket>(lockSql, [ticketId]))[0] ?? null;

const handOverSql = `
  update tickets set issue = issue + 1, transfer_id = $3, holder_id = $4, holder_email = $5, attendee_name = $6
  where id = $1 and event_id = $2`;
export interface NewHolder {
  ticketId: TicketId;
  eventId: EventId;
  transferId: TransferId;
  holderId: UserId;
  holderEmail: string;
  attendeeName: string;
}
export const updateHolder = (trx: Writes, holder: NewHolder): void =>
  trx.write(handOverSql, [
    holder.ticketId,
    holder.eventId,
    holder.transferId,
    holder.holderId,
    holder.holderEmail,
    holder.attendeeName,
  ]);

const renameSql = `update tickets set attendee_name = $3 where id = $1 and event_id = $2`;
export const updateAttendee = (trx: Writes, ticketId: TicketId, eventId: EventId, name: string): void =>
  trx.write(renameSql, [ticketId, eventId, name]);

// Locks in the order of the ids, as the door does.
const resalesSql = `
  with changed as materialized (
    select id, event_id, changed.resale_id
    from unnest($1::text[], $2::text[], $3::text[]) as changed (ticket, event, resale_id)
    join tickets on tickets.id = changed.ticket and tickets.event_id = changed.event
    order by id for no key update of tickets
  )
  update tickets set resale_id = changed.resale_id
  from changed where tickets.id = changed.id and tickets.event_id = changed.event_id`;
export const setResales = (
  trx: Writes,
  tickets: { ticketId: TicketId; eventId: EventId; resaleId: ResaleId | null }[],
): void =>
  trx.write(resalesSql, [
    tickets.map(({ ticketId }) => ticketId),
    tickets.map(({ eventId }) => eventId),
    tickets.map(({ resaleId }) => resaleId),
  ]);

const openSql = `
  insert into ticket_openings (ticket_id, event_id, user_id, issue, opened_at) values ($1, $2, $3, $4, $5)
  on conflict (ticket_id, user_id) do update set issue = excluded.issue`;
export const insertOpening = (
  db: Queryable,
  opening: { ticketId: TicketId; eventId: EventId; userId: UserId; issue: number },
  now: Date,
): Promise<number> =>
  db.run(openSql, [opening.ticketId, opening.eventId, opening.userId, opening.issue, now]);

const lockHeldSql = `select id from tickets where holder_id = $1 order by id for no key update`;
const moveHeldSql = `update tickets set holder_id = $2 where holder_id = $1`;
const moveOpeningsSql = `
  insert into ticket_openings (ticket_id, event_id, user_id, issue, opened_at)
  select ticket_id, event_id, $2, issue, opened_at from ticket_openings where user_id = $1 order by ticket_id
  on conflict (ticket_id, user_id) do update set issue = greatest(ticket_openings.issue, excluded.issue)`;
/** Gives the tickets that a guest holds or has opened to an account. */
export async function moveHeld(trx: Transaction, from: UserId, to: UserId): Promise<void> {
  await trx.query(lockHeldSql, [from]);
  await trx.run(moveHeldSql, [from, to]);
  await trx.run(moveOpeningsSql, [from, to]);
}

// Reads a table of catalog: an event's row says whether it is over.
const holdsAheadSql = `
  select count(*)::int as count from tickets join events on events.id = tickets.event_id
  where tickets.holder_id = $1 and tickets.status = 'valid' and events.ends_at > $2`;
export const countHeldAhead = async (db: Queryable, userId: UserId, now: Date): Promise<number> =>
  (await db.query<{ count: number }>(holdsAheadSql, [userId, now]))[0]?.count ?? 0;
