import type { EventId, OrderId, TicketId, TicketTypeId } from '../../../contract/ids.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { placeName } from '../seating/seat-plan.ts';
import type { TicketSigner } from './code.ts';

export type TicketStatus = 'valid' | 'used' | 'cancelled';

export interface TicketRow {
  id: TicketId;
  eventId: EventId;
  orderId: OrderId;
  ticketTypeId: TicketTypeId;
  /** In seat-map order; null for general admission. */
  seatIndex: number | null;
  issue: number;
  status: TicketStatus;
  attendeeName: string | null;
  /** The place within the order, from 0. */
  position: number;
  issuedAt: Date;
  usedAt: Date | null;
}

/** What stands on the ticket as its place, or null for general admission. */
export function placeOf(
  event: EventSale,
  seatIndex: number | null,
): { section: string; row: string; seat: string } | null {
  return seatIndex === null || !event.seats ? null : placeName(event.seats, seatIndex);
}

/** The name the buyer chose by, frozen in the order: an organiser may have renamed the type since. */
export function ticketTypeNameOf(order: Pick<OrderRecord, 'lines'>, ticketTypeId: TicketTypeId): string {
  return order.lines.find((line) => line.ticketTypeId === ticketTypeId)?.name ?? '';
}

/** The price of one place of the ticket's type, in minor units, as it was bought. */
export function unitMinorOf(order: Pick<OrderRecord, 'lines'>, ticketTypeId: TicketTypeId): number {
  return order.lines.find((line) => line.ticketTypeId === ticketTypeId)?.unitMinor ?? 0;
}

/** The text of a ticket's QR code; null once it is cancelled, so that nobody carries a dead code to the door. */
export function codeOf(signer: TicketSigner, ticket: TicketRow): string | null {
  if (ticket.status === 'cancelled') return null;
  return signer.sign({ eventId: ticket.eventId, ticketId: ticket.id, issue: ticket.issue });
}

export function toTicket(
  signer: TicketSigner,
  ticket: TicketRow,
  order: OrderRecord,
  event: EventSale,
): Ticket {
  return {
    id: ticket.id,
    orderId: ticket.orderId,
    orderNumber: order.number,
    status: ticket.status,
    code: codeOf(signer, ticket),
    event: {
      id: event.eventId,
      slug: event.slug,
      title: event.title,
      startsAt: event.startsAt.toISOString(),
      endsAt: event.endsAt.toISOString(),
      doorsAt: event.doorsAt?.toISOString() ?? null,
      timeZone: event.timeZone,
      venueName: event.venueName,
      address: event.address,
      city: event.city,
    },
    ticketTypeName: ticketTypeNameOf(order, ticket.ticketTypeId),
    place: placeOf(event, ticket.seatIndex),
    attendeeName: ticket.attendeeName,
    issuedAt: ticket.issuedAt.toISOString(),
    usedAt: ticket.usedAt?.toISOString() ?? null,
  };
}
