import { Refused } from '../../../contract/errors.ts';
import type {
  EventId,
  OrderId,
  ResaleId,
  TicketId,
  TicketTypeId,
  TransferId,
  UserId,
} from '../../../contract/ids.ts';
import type { Parts } from '../../../contract/price.ts';
import type { Resale } from '../../../contract/resale-shapes.ts';
import { stepAt, stepMs } from '../../../contract/rotating-code.ts';
import { groupShortNumber } from '../../../contract/short-number.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import { showParts } from '../inventory/show-hold.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { SeatName } from '../seating/seat-plan.ts';
import type { TicketClaim, TicketSigner } from './code.ts';
import type { Relation } from './holds-ticket.ts';

export type TicketStatus = 'valid' | 'used' | 'cancelled';

export interface TicketRow {
  id: TicketId;
  eventId: EventId;
  orderId: OrderId;
  ticketTypeId: TicketTypeId;
  /** The seat's number within its event; null for general admission. */
  seatIndex: number | null;
  /** The names and the price at the time of the order. An organiser may have changed the event since. */
  ticketTypeName: string;
  place: SeatName | null;
  price: Pick<Parts, 'netMinor' | 'taxMinor' | 'feeMinor'>;
  /** How much of the price went back, in minor units. */
  refundedMinor: number;
  issue: number;
  status: TicketStatus;
  attendeeName: string | null;
  /** The transfer that brought the ticket to its holder, and that person. Null while the buyer of the order holds it. */
  transferId: TransferId | null;
  holderId: UserId | null;
  holderEmail: string | null;
  /** Its open offer for resale. */
  resaleId: ResaleId | null;
  /** The ticket waits for a look at its order, until then at the latest; null if it does not wait. It never waits again. */
  heldUntil: Date | null;
  /** The place within the order, from 0. */
  position: number;
  issuedAt: Date;
  usedAt: Date | null;
}

/** The name of a ticket's seat as it was sold, from its columns; null for general admission. */
export function placeOf(row: {
  seat_section: string | null;
  seat_row: string | null;
  seat_label: string | null;
}): SeatName | null {
  return row.seat_label === null
    ? null
    : { section: row.seat_section ?? '', row: row.seat_row ?? '', seat: row.seat_label };
}

/** What the buyer paid for the ticket, in minor units. */
export const priceMinorOf = ({ price }: Pick<TicketRow, 'price'>): number =>
  price.netMinor + price.taxMinor + price.feeMinor;

/** True while a ticket has a code: a cancelled or waiting one has none, so that nobody brings an invalid code to the door. */
export const hasCode = (ticket: TicketRow): boolean => ticket.status !== 'cancelled' && !isHeld(ticket);

export const claimOf = ({ eventId, id, issue }: TicketRow): TicketClaim => ({ eventId, ticketId: id, issue });

/** The text of a ticket's code as a screen shows it now. */
export function codeOf(
  signer: TicketSigner,
  ticket: TicketRow,
  { ticketCodes }: Pick<EventSale, 'ticketCodes'>,
  now: Date,
): string | null {
  if (!hasCode(ticket)) return null;
  return ticketCodes === 'fixed' ? signer.sign(claimOf(ticket)) : signer.signAt(claimOf(ticket), now);
}

/** The text of the code that is printed. If the event's codes turn, the door takes it only from guests who asked for paper. */
export const paperCodeOf = (signer: TicketSigner, ticket: TicketRow): string | null =>
  hasCode(ticket) ? signer.sign(claimOf(ticket)) : null;

/** What a person types at the door instead of the code; null where there is no code. */
export const shortNumberOfTicket = (signer: TicketSigner, ticket: TicketRow): string | null =>
  hasCode(ticket) ? groupShortNumber(signer.shortNumber(claimOf(ticket))) : null;

/** True while nobody may use a ticket or pass it on, because its order is being looked at (docs/fairness.md). */
export const isHeld = ({ status, heldUntil }: Pick<TicketRow, 'status' | 'heldUntil'>): boolean =>
  status === 'valid' && heldUntil !== null;

export function refuseHeld(ticket: Pick<TicketRow, 'status' | 'heldUntil'>): void {
  if (isHeld(ticket)) throw new Refused('ticket_held');
}

export function toTicket(
  signer: TicketSigner,
  ticket: TicketRow,
  order: OrderRecord,
  event: EventSale,
  relation: Exclude<Relation, 'stranger'>,
  /** Its open offer for resale; only its holder sees it. */
  resale: Resale | null,
  now: Date,
): Ticket {
  const isTransferred = relation === 'payer';
  const code = isTransferred ? null : codeOf(signer, ticket, event, now);
  return {
    id: ticket.id,
    orderId: ticket.orderId,
    orderNumber: order.number,
    status: ticket.status,
    code,
    issue: ticket.issue,
    codeUntil:
      code === null || event.ticketCodes === 'fixed'
        ? null
        : new Date((stepAt(now.getTime()) + 1) * stepMs).toISOString(),
    // A number is a copy that never turns, so the door takes it where it takes paper.
    shortNumber: code === null || event.ticketCodes !== 'fixed' ? null : shortNumberOfTicket(signer, ticket),
    isHeld: isHeld(ticket),
    isTransferred,
    isReceived: !isTransferred && ticket.transferId !== null,
    event: showTicketEvent(event),
    join: isTransferred ? null : joinOf(ticket, event),
    ticketTypeName: ticket.ticketTypeName,
    place: ticket.place,
    price: { amount: priceMinorOf(ticket), currency: order.currency },
    priceParts: showParts(ticket.price, order.currency),
    attendeeName: isTransferred ? null : ticket.attendeeName,
    issuedAt: ticket.issuedAt.toISOString(),
    usedAt: ticket.usedAt?.toISOString() ?? null,
    resale: isTransferred ? null : resale,
  };
}

/** Who holds a valid or used ticket is told how to attend online. */
const joinOf = (ticket: TicketRow, { online, status }: EventSale): Ticket['join'] =>
  online && status !== 'cancelled' && hasCode(ticket) ? { url: online.url, note: online.note } : null;

/** The event as it is now, on a ticket. */
export const showTicketEvent = (event: EventSale): Ticket['event'] => ({
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
  ticketCodes: event.ticketCodes,
});
