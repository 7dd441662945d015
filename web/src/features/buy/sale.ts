import type { Event, TicketType } from '../../../../contract/events.ts';
import type { Hold, NewHold } from '../../../../contract/holds.ts';

export type SaleState = 'open' | 'soon' | 'ended' | 'over' | 'cancelled';

/** Whether an event sells at this instant; the server decides, this only says it beforehand. */
export function saleState(event: Event, nowMs: number): SaleState {
  if (event.status === 'cancelled') return 'cancelled';
  if (event.status === 'over') return 'over';
  return windowState(event, nowMs);
}

/** The same for one ticket type, which may have a window of its own. */
export const windowState = (
  of: Pick<TicketType, 'saleStartsAt' | 'saleEndsAt'>,
  nowMs: number,
): 'open' | 'soon' | 'ended' => {
  if (of.saleStartsAt !== null && Date.parse(of.saleStartsAt) > nowMs) return 'soon';
  if (of.saleEndsAt !== null && Date.parse(of.saleEndsAt) <= nowMs) return 'ended';
  return 'open';
};

/** The most of one type that may be chosen, given what is left and what of the event is chosen already. */
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
