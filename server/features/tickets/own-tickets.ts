import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { readTicketsOfOrder } from './list-tickets.ts';
import { findTicket } from './store.ts';
import type { TicketRow } from './ticket.ts';

/** Reads a ticket for the buyer of its order. For everybody else it throws Refused('not_found'). */
export async function readOwnTicket(
  app: App,
  caller: Caller,
  ticketId: TicketId,
): Promise<{ ticket: TicketRow; order: OrderRecord; event: EventSale }> {
  const ticket = await findTicket(app.db, ticketId);
  if (!ticket) throw new Refused('not_found');
  return { ticket, ...(await readOwnOrder(app, caller, ticket.orderId)) };
}

export async function readOwnOrder(
  app: App,
  caller: Caller,
  orderId: OrderId,
): Promise<{ order: OrderRecord; event: EventSale }> {
  const order = await readOrder(app, orderId);
  if (!order || !(await actsForOrder(app, caller, order))) throw new Refused('not_found');
  const event = await readEventSale(app, order.eventId);
  if (!event) throw new Refused('not_found');
  return { order, event };
}

/** The order's valid and used tickets, which are the ones to print and mail. */
export async function readAdmissibleTickets(app: App, orderId: OrderId): Promise<TicketRow[]> {
  const tickets = await readTicketsOfOrder(app.db, orderId);
  return tickets.filter((ticket) => ticket.status !== 'cancelled');
}
