import type { Event, TicketType } from '../../../../contract/events.ts';
import type { Hold, NewHold } from '../../../../contract/holds.ts';

export type SaleState = 'open' | 'soon' | 'ended' | 'over' | 'cancelled';

/** Whether an event is on sale now. The server decides; this only shows it beforehand. */
export function saleState(event: Event, nowMs: number): SaleState {
  if (event.status === 'cancelled') return 'cancelled';
  if (event.status === 'over') return 'over';
  return windowState(event, nowMs);
}

/** The same for one ticket type, which may have its own sale window. */
export const windowState = (
  of: Pick<TicketType, 'saleStartsAt' | 'saleEndsAt'>,
  nowMs: number,
): 'open' | 'soon' | 'ended' => {
  if (of.saleStartsAt !== null && Date.parse(of.saleStartsAt) > nowMs) return 'soon';
  if (of.saleEndsAt !== null && Date.parse(of.saleEndsAt) <= nowMs) return 'ended';
  return 'open';
};

/** How many tickets of one type may be chosen, given the places left and the event's other chosen tickets. */
export const mostOf = (event: Event, type: TicketType, available: number, othersChosen: number): number =>
  Math.max(0, Math.min(type.maxPerOrder, available, event.maxPerBuyer - othersChosen));

/** The request that would hold the same places again. */
export function sameAgain(hold: Hold): NewHold {
  const seats = hold.lines.flatMap((line) =>
    (line.seats ?? []).map(({ seatId }) => ({ seatId, ticketTypeId: line.ticketTypeId })),
  );
  if (seats.length > 0) return { seats };
  return { items: hold.lines.map(({ ticketTypeId, quantity }) => ({ ticketTypeId, quantity })) };
}

export const placesIn = (lines: { quantity: number }[]): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0);
