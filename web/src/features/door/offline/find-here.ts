import type { ManifestTicket } from '../../../../../contract/door-manifest.ts';
import type { TicketId } from '../../../../../contract/ids.ts';
import type { ShownTicket } from '../scan-outcome.ts';
import { shownTicket } from './decide-here.ts';
import type { Knowledge } from './knowledge.ts';

/** A ticket that somebody looked for. */
export interface FoundTicket extends ShownTicket {
  ticketId: TicketId;
  /** Null if it may come in, as far as known. */
  isOver: 'used' | 'cancelled' | null;
}

const mostShown = 20;
/** Fewer characters of an order number would find half of the house. */
const leastOfNumber = 4;

/** Finds tickets in the manifest by a name (if the gate sees names), a seat, or the end of an order number. */
export function findHere({ tickets }: Knowledge, q: string): { tickets: ManifestTicket[]; hasMore: boolean } {
  const text = q.trim().toLowerCase();
  const number = text.replaceAll(/\s/g, '').toUpperCase();
  const isOf = ({ name, seat, orderId, state }: ManifestTicket): boolean => {
    if (state === 'cancelled' || state === 'refunded') return false;
    if (number.length >= leastOfNumber && orderId.slice(-8).endsWith(number)) return true;
    if (seat && `${seat.section} ${seat.row} ${seat.seat}`.toLowerCase().endsWith(text)) return true;
    return name?.toLowerCase().includes(text) ?? false;
  };
  const found: ManifestTicket[] = [];
  for (const ticket of tickets.values()) {
    if (!isOf(ticket)) continue;
    if (found.length === mostShown) return { tickets: found, hasMore: true };
    found.push(ticket);
  }
  return { tickets: found, hasMore: false };
}

export const toFound = (
  { head }: Knowledge,
  ticket: ManifestTicket,
  cameIn: (id: TicketId) => boolean,
): FoundTicket => ({
  ...shownTicket(head, ticket),
  ticketId: ticket.id,
  isOver: ticket.state === 'used' || cameIn(ticket.id) ? 'used' : null,
});
