import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import { placesOf } from '../inventory/places.ts';
import { insertTickets, type NewTicket } from './store.ts';

/**
 * What an order needs for its tickets. Its attendees, if it names any, are one per place in the order of the lines.
 */
interface IssuableOrder {
  orderId: OrderId;
  eventId: EventId;
  lines: HoldLine[];
  /** Until when its tickets wait for a look at the order at the latest; null if they do not wait. */
  heldUntil: Date | null;
}

/**
 * Issues one ticket per place of each order, in the transaction that confirms the orders. Each ticket keeps the names
 * and the price that its line was sold with. Issuing an order a second time violates a unique index and fails the
 * transaction.
 */
export function issueTickets(app: App, trx: Writes, orders: IssuableOrder[], now: Date): void {
  const tickets = orders.flatMap((order) => ticketsOf(app, order));
  if (tickets.length > 0) insertTickets(trx, tickets, now);
}

function ticketsOf(app: App, order: IssuableOrder): NewTicket[] {
  return placesOf(order.lines).map(({ line, seat, seatName }, position) => ({
    id: line.ofPass?.ticketId ?? app.newId('ticket'),
    eventId: order.eventId,
    orderId: order.orderId,
    ticketTypeId: line.ticketTypeId,
    seatIndex: seat,
    ticketTypeName: line.name,
    place: seatName,
    price: line.parts,
    position,
    heldUntil: order.heldUntil,
  }));
}
