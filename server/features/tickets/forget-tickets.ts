import type { EventId, OrderId, TicketId } from '../../../contract/ids.ts';
import type { Transaction, Writes } from '../../data/db.ts';

// The subquery counts tickets that somebody else has locked too.
const lockSql = `
  with locked as materialized (
    select id, order_id, position, status from tickets where event_id = $1 and order_id = any($2::text[])
    for update skip locked
  )
  select asked.order_id as "orderId", coalesce(array_agg(id) filter (where id is not null), '{}') as "ticketIds",
    coalesce(array_agg(position) filter (where status = 'cancelled'), '{}') as cancelled
  from unnest($2::text[]) as asked (order_id)
  left join locked on locked.order_id = asked.order_id
  group by asked.order_id
  having count(id) = (
    select count(*) from tickets where tickets.event_id = $1 and tickets.order_id = asked.order_id)`;

interface OldTickets {
  orderId: OrderId;
  ticketIds: TicketId[];
  /** Positions of the cancelled tickets among the places of the order. */
  cancelled: number[];
}

/** Locks the tickets of orders. Leaves out each order with a ticket that somebody else has locked. */
export const lockOldTickets = (
  trx: Transaction,
  eventId: EventId,
  orderIds: OrderId[],
): Promise<OldTickets[]> => trx.query<OldTickets>(lockSql, [eventId, orderIds]);

const deleteOpeningsSql = `
  delete from ticket_openings using tickets
  where tickets.event_id = $1 and tickets.order_id = any($2::text[])
    and ticket_openings.ticket_id = tickets.id and ticket_openings.event_id = $1`;
const deleteWalletsSql = `
  delete from ticket_wallets using tickets
  where tickets.event_id = $1 and tickets.order_id = any($2::text[])
    and ticket_wallets.ticket_id = tickets.id and ticket_wallets.event_id = $1`;
// Deletes from the table of passes (passes/), which lies below this feature, with the devices that have them.
const deletePassesSql = `delete from wallet_passes where event_id = $1 and order_id = any($2::text[])`;
const deleteSql = `delete from tickets where event_id = $1 and order_id = any($2::text[])`;
/** Deletes the tickets of orders in the caller's transaction, after their check-ins and transfers. */
export function forgetTickets(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(deleteOpeningsSql, [eventId, orderIds]);
  trx.write(deleteWalletsSql, [eventId, orderIds]);
  trx.write(deletePassesSql, [eventId, orderIds]);
  trx.write(deleteSql, [eventId, orderIds]);
}
