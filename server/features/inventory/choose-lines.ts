import { bestAccessible, type TooFew } from '../../../contract/accessible-seats.ts';
import { bestAvailable } from '../../../contract/best-seats.ts';
import { seatId, seatIndex, type TicketTypeId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { countWheelchairs, placeName, type SeatPlan } from '../seating/seat-plan.ts';
import { extrasLast, isExtra } from './extras.ts';
import { freeIn } from './free-places.ts';
import { type HoldLine, type Refusal, refuse, seatStatus } from './inventory.ts';
import { withFree } from './kept-places.ts';
import type { LedgerState } from './state.ts';
import { lineAtChosen, linesOf, type PricedBy } from './type-lines.ts';
import { opens, type Voucher } from './voucher.ts';
import type { Wants } from './wants.ts';

type SaleType = EventSale['ticketTypes'][number];

/** Decision: refuses every new place while the event is not on sale; null while it is. */
export function notOnSale(sale: EventSale, now: Date): Refusal | null {
  if (sale.status !== 'published') return refuse('event_not_on_sale');
  if (sale.saleStartsAt && now < sale.saleStartsAt) {
    return refuse('sale_not_started', { saleStartsAt: sale.saleStartsAt.toISOString() });
  }
  return now >= (sale.saleEndsAt ?? sale.endsAt) ? refuse('sale_ended') : null;
}

/**
 * Decision: the lines that give a buyer exactly what they want, or the refusal. It changes nothing. The sale times and
 * the largest order of a ticket type concern only types of which the buyer takes more than in `had`, and the smallest
 * order those of which the buyer takes another number. `anyNumber`: the smallest order does not count, because the places
 * are offered to somebody who waits, or replace a ticket. A voucher opens hidden types. If it keeps places, the lines are only a
 * choice: how many kept places they get follows from their prices with the code, so then the caller asks `notFree`.
 */
export function chooseLines(
  sale: EventSale,
  state: Pick<LedgerState, 'pools' | 'seats'>,
  wants: Wants,
  now: Date,
  {
    had,
    anyNumber = false,
    voucher,
  }: { had?: HoldLine[]; anyNumber?: boolean; voucher?: Voucher | undefined } = {},
): HoldLine[] | Refusal {
  const open = voucher?.hold ? withFree(state, voucher.hold) : state;
  const chosen = linesFor(sale, open, wants, now);
  if ('code' in chosen) return chosen;
  const lines = extrasLast(chosen);
  for (const line of lines) {
    const type = typeOf(sale, line.ticketTypeId) as SaleType;
    const quantity = type.steps ? quantityOf(lines, type.id) : line.quantity;
    const tooFew = type.minPerOrder && !anyNumber ? tooFewOf(type, quantity, had) : null;
    if (tooFew) return tooFew;
    if (had && subtractLines([line], had).length === 0 && quantity <= quantityOf(had, type.id)) continue;
    if (type.hidden && !opens(voucher, type.id))
      return refuse('access_code_needed', { ticketTypeId: type.id });
    const closed = typeNotOnSale(type, now);
    if (closed) return closed;
    // The limit of an extra is for all variants together (extras.ts).
    if (quantity > type.maxPerOrder && !type.product)
      return refuse('limit_reached', { limit: type.maxPerOrder, have: 0 });
  }
  return (voucher?.keeps ? null : shortOf(open, lines)) ?? lines;
}

/** Decision: refuses lines whose seats or places are not all free; null if they are. */
export function notFree({ eventId }: EventSale, state: Places, lines: HoldLine[]): Refusal | null {
  const taken = lines.flatMap(({ seats = [] }) =>
    seats.filter((index) => state.seats?.[index] !== seatStatus.free),
  );
  return taken.length > 0
    ? refuse('seats_taken', { seats: taken.map((index) => seatId(eventId, index)) })
    : shortOf(state, lines);
}

const quantityOf = (lines: HoldLine[], id: TicketTypeId): number =>
  lines.reduce((sum, { ticketTypeId, quantity }) => sum + (ticketTypeId === id ? quantity : 0), 0);

const tooFewOf = ({ id, minPerOrder = 1 }: SaleType, quantity: number, had?: HoldLine[]): Refusal | null =>
  quantity >= minPerOrder || (had && quantityOf(had, id) === quantity)
    ? null
    : refuse('too_few_tickets', {
        ticketTypeId: id,
        minimum: minPerOrder,
        detail: `These tickets are sold from ${minPerOrder} in one order.`,
      });

/**
 * Decision: lines with these places if they are free, whatever the sale times and limits say, or the refusal. Without `now`
 * they are for places that nobody pays for.
 */
export function chooseFree(
  sale: EventSale,
  state: Places,
  wants: Wants,
  now: Date | null,
): HoldLine[] | Refusal {
  const chosen = linesFor(sale, state, wants, now);
  if ('code' in chosen) return chosen;
  const lines = extrasLast(chosen);
  return shortOf(state, lines) ?? lines;
}

/** Decision: refuses new places of a ticket type outside its own sale times; null within them. */
export function typeNotOnSale(
  { saleStartsAt, saleEndsAt }: Pick<SaleType, 'saleStartsAt' | 'saleEndsAt'>,
  now: Date,
): Refusal | null {
  if (saleStartsAt && now < saleStartsAt)
    return refuse('sale_not_started', { saleStartsAt: saleStartsAt.toISOString() });
  return saleEndsAt && now >= saleEndsAt ? refuse('sale_ended') : null;
}

/** The places of `lines` that are not in `others`, by ticket type. Each may have a type in lines of several price steps. */
export function subtractLines(lines: HoldLine[], others: HoldLine[]): HoldLine[] {
  const left = new Map<TicketTypeId, number>();
  for (const { ticketTypeId, quantity } of others)
    left.set(ticketTypeId, (left.get(ticketTypeId) ?? 0) + quantity);
  return lines.flatMap((line) => {
    const alike = left.get(line.ticketTypeId);
    if (alike === undefined) return [line];
    const seats = line.seats?.filter(
      (seat) =>
        !others.some((other) => other.ticketTypeId === line.ticketTypeId && other.seats?.includes(seat)),
    );
    const quantity = seats?.length ?? line.quantity - alike;
    left.set(line.ticketTypeId, Math.max(0, alike - line.quantity));
    return quantity > 0 ? [{ ...line, quantity, ...(seats && { seats }) }] : [];
  });
}

type Places = Pick<LedgerState, 'pools' | 'seats'>;

function linesFor(sale: EventSale, state: Places, wants: Wants, now: Date | null): HoldLine[] | Refusal {
  const by = now && { pools: state.pools, now };
  if (wants.kind === 'items') return itemLines(sale, wants.items, by);
  const { seatMapId } = wants;
  if (seatMapId && sale.seats && seatMapId !== sale.seats.mapId)
    return refuse('seat_map_changed', { seatMapId: sale.seats.mapId });
  if (wants.kind === 'seats') {
    const lines = seatLines(sale, state, wants.seats, by);
    if (!wants.items || 'code' in lines) return lines;
    const unnumbered = itemLines(sale, wants.items, by);
    return 'code' in unnumbered ? unnumbered : [...lines, ...unnumbered];
  }
  const type = typeOf(sale, wants.ticketTypeId);
  if (!type) return refuse('unknown_ticket_type');
  if (!type.zone) return wants.accessible ? noneAccessible({}) : itemLines(sale, [wants], by);
  if (!sale.seats || !state.seats) return refuse('unknown_seat');
  const seats = bestSeats(sale.seats, state.seats, type.zone, wants);
  if (!seats) return refuse('sold_out', { available: freeInZone(sale, state.seats, type.zone) });
  if (!Array.isArray(seats)) return noneAccessible(seats);
  return seatLinesOf(sale, sale.seats, { type, seats }, by);
}

function bestSeats(
  plan: SeatPlan,
  seats: Uint8Array,
  zone: string,
  { quantity, accessible = 0 }: Pick<Extract<Wants, { kind: 'best' }>, 'quantity' | 'accessible'>,
) {
  if (accessible === 0) return bestAvailable(plan, seats, zone, quantity);
  return bestAccessible(plan, seats, zone, { accessible, companions: quantity - accessible });
}

/** Places without numbers have no marks, so nobody could say which of them a wheelchair reaches. */
const noneAccessible = ({ accessible = 0, companions = 0 }: Partial<TooFew>): Refusal =>
  refuse('accessible_taken', { accessible, companions });

function itemLines(
  sale: EventSale,
  items: Extract<Wants, { kind: 'items' }>['items'],
  by: PricedBy,
): HoldLine[] | Refusal {
  const only = items.length === 1 ? items[0] : undefined;
  if (only) return linesOfItem(sale, only, by);
  const wanted = new Map<TicketTypeId, (typeof items)[number]>();
  for (const item of items) {
    const before = wanted.get(item.ticketTypeId);
    if (before && before.priceMinor !== item.priceMinor)
      return refuse('invalid_request', { detail: 'Tickets of one type have one price in an order.' });
    wanted.set(item.ticketTypeId, { ...item, quantity: (before?.quantity ?? 0) + item.quantity });
  }
  const lines: HoldLine[] = [];
  for (const item of wanted.values()) {
    const ofItem = linesOfItem(sale, item, by);
    if ('code' in ofItem) return ofItem;
    lines.push(...ofItem);
  }
  return lines;
}

function linesOfItem(
  sale: EventSale,
  { ticketTypeId, quantity, priceMinor }: Extract<Wants, { kind: 'items' }>['items'][number],
  by: PricedBy,
): HoldLine[] | Refusal {
  const type = itemType(sale, ticketTypeId);
  if ('code' in type) return type;
  if (priceMinor === undefined || by === null) return linesOf(sale, type, quantity, by);
  const line = lineAtChosen(sale, type, quantity, priceMinor);
  return 'code' in line ? line : [line];
}

function itemType(sale: EventSale, ticketTypeId: TicketTypeId): SaleType | Refusal {
  const type = typeOf(sale, ticketTypeId);
  if (!type) return refuse('unknown_ticket_type', { ticketTypeId });
  return type.zone ? refuse('seat_choice_required', { ticketTypeId }) : type;
}

function seatLines(
  sale: EventSale,
  state: Places,
  wanted: Extract<Wants, { kind: 'seats' }>['seats'],
  by: PricedBy,
): HoldLine[] | Refusal {
  const { seats: plan } = sale;
  if (!plan || !state.seats) return refuse('unknown_seat');
  const chosen = new Set<number>();
  const taken: number[] = [];
  const seatsByType = new Map<SaleType, number[]>();
  for (const { seatId: id, ticketTypeId } of wanted) {
    const index = seatIndex(sale.eventId, id);
    if (index === null || index >= plan.indexCount) return refuse('unknown_seat', { seatId: id });
    // An earlier version of the seat map had it.
    if (plan.zoneOf[index] === undefined) return refuse('seat_map_changed', { seatMapId: plan.mapId });
    if (chosen.has(index)) return refuse('invalid_request', { detail: 'A seat is named twice.' });
    chosen.add(index);
    const zone = plan.zoneOf[index];
    const type = ticketTypeId
      ? typeOf(sale, ticketTypeId)
      : sale.ticketTypes.find((each) => each.zone === zone);
    if (!type)
      return ticketTypeId
        ? refuse('unknown_ticket_type', { ticketTypeId })
        : refuse('unknown_seat', { seatId: id });
    if (type.zone !== zone) return refuse('seat_not_of_ticket_type', { seatId: id });
    if (state.seats[index] !== seatStatus.free) taken.push(index);
    seatsByType.set(type, [...(seatsByType.get(type) ?? []), index]);
  }
  if (taken.length > 0)
    return refuse('seats_taken', { seats: taken.map((index) => seatId(sale.eventId, index)) });
  return [...seatsByType].flatMap(([type, seats]) =>
    seatLinesOf(sale, plan, { type, seats: seats.sort((a, b) => a - b) }, by),
  );
}

/**
 * Decision: new lines for an expired hold at its old prices. It takes the hold's own seats if they are free, or else
 * the best seats of the same zone. It returns null if the places are gone. It chooses no seats of a newer seat map,
 * because the buyer has not seen that map.
 */
export function chooseAgain(sale: EventSale, state: LedgerState, lines: HoldLine[]): HoldLine[] | null {
  if (shortOf(state, lines)) return null;
  const seats = state.seats?.slice() ?? null;
  const again: HoldLine[] = [];
  for (const line of lines) {
    if (!line.seats) {
      again.push(line);
      continue;
    }
    if (!seats || !sale.seats) return null;
    const same = line.seats.every((index) => seats[index] === seatStatus.free);
    const found = same ? line : otherSeats(sale.seats, seats, line);
    if (!found) return null;
    for (const index of found.seats ?? []) seats[index] = seatStatus.held;
    again.push(found);
  }
  return again;
}

function otherSeats(plan: SeatPlan, seats: Uint8Array, line: HoldLine): HoldLine | null {
  if (line.seatMapId !== plan.mapId) return null;
  const zone = plan.zoneOf[line.seats?.[0] ?? 0] ?? '';
  // Whoever had a wheelchair place gets another one, or their money back.
  const accessible = countWheelchairs(plan, line.seats ?? []);
  const chosen = bestSeats(plan, seats, zone, { quantity: line.quantity, accessible });
  return Array.isArray(chosen) ? { ...line, seats: chosen, seatNames: namesOf(plan, chosen) } : null;
}

const keptDetail =
  'People wait for these places. Join the waitlist of this ticket type to be offered the next ones.';

const extraLeft = (name: string, available: number): string =>
  available > 0 ? `Only ${available} of "${name}" are left.` : `"${name}" is sold out.`;

/** Refuses with sold_out if the pools have fewer places than the lines take; null if they fit. */
function shortOf(state: Places, lines: HoldLine[]): Refusal | null {
  const wanted = new Map<string, number>();
  for (const line of lines) {
    for (const id of line.pools) {
      const pool = state.pools.get(id);
      const sum = (wanted.get(id) ?? 0) + line.quantity;
      const available = pool ? freeIn(pool) : 0;
      if (sum > available)
        return refuse('sold_out', {
          available: Math.max(0, available),
          ticketTypeId: line.ticketTypeId,
          ...(isExtra(line) && { detail: extraLeft(line.name, available) }),
          ...(pool && pool.kept > 0 && { kept: pool.kept, detail: keptDetail }),
        });
      wanted.set(id, sum);
    }
  }
  return null;
}

const typeOf = (sale: EventSale, id: TicketTypeId): SaleType | undefined =>
  sale.ticketTypes.find((type) => type.id === id);

/** The lines of these seats: the first ones have the price of the first step that still sells tickets. */
function seatLinesOf(
  sale: EventSale,
  plan: SeatPlan,
  { type, seats }: { type: SaleType; seats: number[] },
  by: PricedBy,
): HoldLine[] {
  let from = 0;
  return linesOf(sale, type, seats.length, by).map((line) => {
    const ofLine = seats.slice(from, from + line.quantity);
    from += line.quantity;
    return { ...line, seats: ofLine, seatNames: namesOf(plan, ofLine), seatMapId: plan.mapId };
  });
}

const namesOf = (plan: SeatPlan, seats: number[]) => seats.map((index) => placeName(plan, index));

function freeInZone(sale: EventSale, seats: Uint8Array, zone: string): number {
  let free = 0;
  for (const row of sale.seats?.rows ?? []) {
    if (row.zone !== zone) continue;
    for (const index of row.seats) if (seats[index] === seatStatus.free) free++;
  }
  return free;
}
