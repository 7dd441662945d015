import { bestAvailable } from '../../../contract/best-seats.ts';
import { seatId, seatIndex, type TicketTypeId } from '../../../contract/ids.ts';
import { priceOf } from '../../../contract/price.ts';
import { memoPer } from '../../memo.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { partsWith } from '../sale/price-parts.ts';
import { placeName, type SeatPlan } from '../seating/seat-plan.ts';
import { extrasLast, isExtra } from './extras.ts';
import { freeIn } from './free-places.ts';
import { type HoldLine, type Refusal, refuse, seatStatus, type Wants } from './inventory.ts';
import { withFree } from './kept-places.ts';
import type { LedgerState } from './state.ts';
import { isFor, opens, type Voucher } from './voucher.ts';

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
 * the limit of a ticket type concern only types of which the buyer takes more than in `had`. A voucher opens hidden types and the
 * places that are kept for it.
 */
export function chooseLines(
  sale: EventSale,
  state: Pick<LedgerState, 'pools' | 'seats'>,
  wants: Wants,
  now: Date,
  had?: HoldLine[],
  voucher?: Voucher,
): HoldLine[] | Refusal {
  const open = voucher?.hold ? withFree(state, voucher.hold) : state;
  const chosen = linesFor(sale, open, wants);
  if ('code' in chosen) return chosen;
  const lines = extrasLast(voucher?.keeps ? fromKept(chosen, voucher) : chosen);
  for (const line of lines) {
    if (had && subtractLines([line], had).length === 0) continue;
    const type = typeOf(sale, line.ticketTypeId) as SaleType;
    if (type.hidden && !opens(voucher, type.id))
      return refuse('access_code_needed', { ticketTypeId: type.id });
    const closed = typeNotOnSale(type, now);
    if (closed) return closed;
    // The limit of an extra is for all variants together (extras.ts).
    if (line.quantity > type.maxPerOrder && !type.product)
      return refuse('limit_reached', { limit: type.maxPerOrder, have: 0 });
  }
  return shortOf(open, lines) ?? lines;
}

/** Kept places are counted in the pools of the day when they were kept. */
const fromKept = (lines: HoldLine[], voucher: Voucher): HoldLine[] =>
  lines.map((line) =>
    isFor(voucher, line) && voucher.keeps ? { ...line, pools: voucher.keeps.pools } : line,
  );

/** Decision: lines with these places if they are free, whatever the sale times and limits say, or the refusal. */
export function chooseFree(sale: EventSale, state: Places, wants: Wants): HoldLine[] | Refusal {
  const chosen = linesFor(sale, state, wants);
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

/** What a place of a ticket type costs, with tax and booking fee. */
export const priceMinorOfType = (sale: EventSale, type: SaleType): number => lineOf(sale, type, 1).unitMinor;

/** The places of `lines` that are not in `others`, by ticket type. */
export function subtractLines(lines: HoldLine[], others: HoldLine[]): HoldLine[] {
  return lines.flatMap((line) => {
    const other = others.find(({ ticketTypeId }) => ticketTypeId === line.ticketTypeId);
    if (!other) return [line];
    const seats = line.seats?.filter((seat) => !other.seats?.includes(seat));
    const quantity = seats?.length ?? line.quantity - other.quantity;
    return quantity > 0 ? [{ ...line, quantity, ...(seats && { seats }) }] : [];
  });
}

type Places = Pick<LedgerState, 'pools' | 'seats'>;

function linesFor(sale: EventSale, state: Places, wants: Wants): HoldLine[] | Refusal {
  if (wants.kind === 'items') return itemLines(sale, wants.items);
  const { seatMapId } = wants;
  if (seatMapId && sale.seats && seatMapId !== sale.seats.mapId)
    return refuse('seat_map_changed', { seatMapId: sale.seats.mapId });
  if (wants.kind === 'seats') {
    const lines = seatLines(sale, state, wants.seats);
    if (!wants.items || 'code' in lines) return lines;
    const unnumbered = itemLines(sale, wants.items);
    return 'code' in unnumbered ? unnumbered : [...lines, ...unnumbered];
  }
  const type = typeOf(sale, wants.ticketTypeId);
  if (!type) return refuse('unknown_ticket_type');
  if (!type.zone) return itemLines(sale, [wants]);
  if (!sale.seats || !state.seats) return refuse('unknown_seat');
  const seats = bestAvailable(sale.seats, state.seats, type.zone, wants.quantity);
  if (!seats) return refuse('sold_out', { available: freeInZone(sale, state.seats, type.zone) });
  return [seatLine(sale, sale.seats, type, seats)];
}

function itemLines(
  sale: EventSale,
  items: { ticketTypeId: TicketTypeId; quantity: number }[],
): HoldLine[] | Refusal {
  const only = items.length === 1 ? items[0] : undefined;
  if (only) {
    const type = itemType(sale, only.ticketTypeId);
    return 'code' in type ? type : linesOf(sale, type, only.quantity);
  }
  const quantities = new Map<TicketTypeId, number>();
  for (const item of items)
    quantities.set(item.ticketTypeId, (quantities.get(item.ticketTypeId) ?? 0) + item.quantity);
  const lines: HoldLine[] = [];
  for (const [id, quantity] of quantities) {
    const type = itemType(sale, id);
    if ('code' in type) return type;
    lines.push(lineOf(sale, type, quantity));
  }
  return lines;
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
  return [...seatsByType].map(([type, seats]) =>
    seatLine(
      sale,
      plan,
      type,
      seats.sort((a, b) => a - b),
    ),
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
  const chosen = bestAvailable(plan, seats, zone, line.quantity);
  return chosen && { ...line, seats: chosen, seatNames: namesOf(plan, chosen) };
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

function lineOf(sale: EventSale, type: SaleType, quantity: number): HoldLine {
  const { listMinor, tax } = type;
  const fee = sale.bookingFee;
  const pricing = tax === null && fee === null ? undefined : { listMinor, tax, fee };
  const parts = partsWith(listMinor, pricing, sale.currency);
  return {
    ticketTypeId: type.id,
    name: type.name,
    quantity,
    unitMinor: priceOf(parts),
    parts,
    ...(pricing && { pricing }),
    pools: type.poolIds,
    ...(type.product && { collect: type.product.collect }),
  };
}

const knownLines = memoPer((_type: SaleType): HoldLine[][] => []);

/**
 * The lines of a hold of one ticket type. The holds of a stampede share them, so that they are made, written as JSON and
 * shown once. A ticket type belongs to one version of its sale.
 */
function linesOf(sale: EventSale, type: SaleType, quantity: number): HoldLine[] {
  const byQuantity = knownLines(type);
  byQuantity[quantity] ??= [lineOf(sale, type, quantity)];
  return byQuantity[quantity];
}

const seatLine = (sale: EventSale, plan: SeatPlan, type: SaleType, seats: number[]): HoldLine => ({
  ...lineOf(sale, type, seats.length),
  seats,
  seatNames: namesOf(plan, seats),
  seatMapId: plan.mapId,
});

const namesOf = (plan: SeatPlan, seats: number[]) => seats.map((index) => placeName(plan, index));

function freeInZone(sale: EventSale, seats: Uint8Array, zone: string): number {
  let free = 0;
  for (const row of sale.seats?.rows ?? []) {
    if (row.zone !== zone) continue;
    for (const index of row.seats) if (seats[index] === seatStatus.free) free++;
  }
  return free;
}
