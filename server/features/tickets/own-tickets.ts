import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { type Relation, relationTo } from './holds-ticket.ts';
import { readTicketsOfOrder } from './list-tickets.ts';
import { findTicket } from './store.ts';
import { isHeld, type TicketRow } from './ticket.ts';

export interface OwnTicket {
  ticket: TicketRow;
  order: OrderRecord;
  event: EventSale;
}

/**
 * Reads a ticket for its holder, and for the buyer who has passed it on. For everybody else it throws
 * Refused('not_found').
 */
export async function readKnownTicket(
  app: App,
  caller: Caller,
  ticketId: TicketId,
): Promise<OwnTicket & { relation: Exclude<Relation, 'stranger'> }> {
  const ticket = await findTicket(app.db, ticketId);
  const order = ticket && (await readOrder(app, ticket.orderId));
  const relation = order ? await relationTo(app, caller, ticket, order) : 'stranger';
  if (!order || relation === 'stranger') throw new Refused('not_found');
  const event = await readEventSale(app, order.eventId);
  if (!event) throw new Refused('not_found');
  return { ticket, order, event, relation };
}

/** How the caller is related to a ticket now. */
export async function readRelation(app: App, caller: Caller, ticketId: TicketId): Promise<Relation> {
  const ticket = await findTicket(app.db, ticketId);
  const order = ticket && (await readOrder(app, ticket.orderId));
  return order ? relationTo(app, caller, ticket, order) : 'stranger';
}

/** Reads a ticket for its holder. The buyer who has passed it on gets Refused('ticket_transferred'). */
export async function readOwnTicket(app: App, caller: Caller, ticketId: TicketId): Promise<OwnTicket> {
  const { relation, ...own } = await readKnownTicket(app, caller, ticketId);
  if (relation === 'payer') throw new Refused('ticket_transferred');
  return own;
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

/** The order's valid and used tickets that its buyer still holds. Admit prints them and mails them to the buyer. */
export async function readAdmissibleTickets(app: App, orderId: OrderId): Promise<TicketRow[]> {
  const tickets = await readTicketsOfOrder(app.db, orderId);
  return tickets.filter(
    (ticket) => ticket.status !== 'cancelled' && ticket.transferId === null && !isHeld(ticket),
  );
}
