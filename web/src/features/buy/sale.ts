import type { Event, TicketType } from '../../../../contract/events.ts';
import type { Hold, Line, NewHold } from '../../../../contract/holds.ts';

type SaleState = 'open' | 'soon' | 'ended' | 'over' | 'cancelled';

/** Whether an event is on sale now. The server decides; this only shows it beforehand. */
function saleState(event: Event, nowMs: number): SaleState {
  if (event.status === 'cancelled') return 'cancelled';
  if (event.status === 'over') return 'over';
  return windowState(event, nowMs);
}

/** Whether tickets can be bought now, or else why not and, if known, from when. */
export type BuyState =
  | { kind: 'open' | 'ended' | 'over' | 'cancelled' | 'soldOut' }
  | { kind: 'soon'; at: string };

/**
 * Decision: whether a buyer can choose anything at all. Each ticket type may have its own sale window, so an event on sale
 * may have no type that is. `available`: the places left by ticket type; undefined until the first answer.
 */
export function buyState(
  event: Event,
  available: Record<string, number> | undefined,
  nowMs: number,
): BuyState {
  const state = saleState(event, nowMs);
  if (state === 'soon') return { kind: state, at: event.saleStartsAt ?? event.startsAt };
  if (state !== 'open') return { kind: state };
  const hasPlaces = (type: TicketType) => available === undefined || (available[type.id] ?? 0) > 0;
  const types = event.ticketTypes.map((type) => ({ type, sale: windowState(type, nowMs) }));
  if (types.some(({ type, sale }) => sale === 'open' && hasPlaces(type))) return { kind: 'open' };
  const [next] = types
    .flatMap(({ type, sale }) => (sale === 'soon' && hasPlaces(type) ? [type.saleStartsAt ?? ''] : []))
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  if (next !== undefined) return { kind: 'soon', at: next };
  return { kind: types.some(({ sale }) => sale !== 'ended') ? 'soldOut' : 'ended' };
}

/** Whether one ticket type, or an event by its dates alone, is on sale. */
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
  const items = itemsIn(hold);
  return { ...(seats.length > 0 && { seats }), ...(items.length > 0 && { items }) };
}

/** The places without numbers of a hold. */
export const itemsIn = ({ lines }: Pick<Hold, 'lines'>) =>
  lines.flatMap(({ ticketTypeId, quantity, seats }) => (seats ? [] : [{ ticketTypeId, quantity }]));

/** How many people the lines admit: extras are no places. */
export const placesIn = (lines: Pick<Line, 'quantity' | 'collect'>[]): number =>
  lines.reduce((sum, line) => sum + (line.collect ? 0 : line.quantity), 0);
