import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import type { HoldLine } from '../inventory/inventory.ts';
import { insertTickets, type NewTicket } from './store.ts';

/** What of an order becomes tickets. Its attendees, where it names any, are one per place in the order of the lines. */
export interface IssuableOrder {
  orderId: OrderId;
  eventId: EventId;
  lines: HoldLine[];
}

/**
 * Issues one ticket per place of each order, in the transaction that confirms them. Each keeps the names and the price
 * that its line was sold with. Issuing an order a
 * second time breaks a unique index, and the transaction with it.
 */
export function issueTickets(app: App, trx: Writes, orders: IssuableOrder[], now: Date): void {
  const tickets = orders.flatMap((order) => ticketsOf(app, order));
  if (tickets.length > 0) insertTickets(trx, tickets, now);
}

function ticketsOf(app: App, order: IssuableOrder): NewTicket[] {
  const places = order.lines.flatMap((line) =>
    Array.from({ length: line.quantity }, (_, i) => ({
      ticketTypeId: line.ticketTypeId,
      seatIndex: line.seats?.[i] ?? null,
      ticketTypeName: line.name,
      place: line.seatNames?.[i] ?? null,
      price: line.parts,
    })),
  );
  return places.map((place, position) => ({
    id: app.newId('ticket'),
    eventId: order.eventId,
    orderId: order.orderId,
    ...place,
    position,
  }));
}
