import type { PoolId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { totalOf } from '../sale/split.ts';
import { changeableHold } from './changeable-hold.ts';
import { chooseLines, notOnSale, subtractLines } from './choose-lines.ts';
import { holdUntil } from './clocks.ts';
import { overExtras, placesIn } from './extras.ts';
import {
  type ExchangeCommand,
  type HoldLine,
  type HoldRecord,
  type Outcome,
  type Pool,
  type Refusal,
  refuse,
  seatStatus,
} from './inventory.ts';
import { voucherOf } from './kept-places.ts';
import { livePlaces, overBuyer, overNetwork, weightOf } from './limits.ts';
import { overAmount } from './order-amount.ts';
import { atFullPrice, repriceAgain } from './reprice-lines.ts';
import { hasResale } from './resale.ts';
import type { Batch, LedgerState } from './state.ts';
import { exchangeHeld, leaveClocks } from './transitions.ts';
import { bothOf, linesOf, type PricedBy, regrouped } from './type-lines.ts';

/**
 * Decision: gives an active hold other places, all or none. A refusal leaves the hold as it is. The hold keeps its end,
 * or gets an earlier one if a new place has an old clock. Places that the hold gives back leave a clock. Only what the
 * hold gains is refused by sale times and limits, so a buyer can always give places back.
 */
export function exchange(batch: Batch, command: ExchangeCommand): Outcome {
  const { sale, state, now } = batch;
  const hold = changeableHold(state, command);
  if ('code' in hold) return hold;
  if (hasResale(hold)) return refuse('places_fixed');
  const voucher = voucherOf(batch, hold);
  // The places are those that the code keeps.
  if (voucher?.keeps) return refuse('places_fixed');
  // All places of the hold count as free, because it may keep them.
  const without = withoutHold(state, hold);
  const chosen = chooseLines(sale, without, command.wants, now, { had: hold.lines, voucher });
  if ('code' in chosen) return chosen;
  const gained = subtractLines(chosen, hold.lines);
  const lost = subtractLines(hold.lines, chosen);
  const named = namesPrice(command.wants);
  if (gained.length + lost.length === 0 && !named) return { kind: 'exchanged', hold, sale, resumed: false };
  const { wants } = command;
  const lines = priced(batch, without.pools, hold, chosen, { wants, gains: gained.length > 0 });
  if ('code' in lines) return lines;
  const totalMinor = totalOf(lines);
  const others = (state.byBuyer.get(hold.buyerId) ?? []).filter((each) => each.id !== hold.id);
  const over = overExtras(sale, lines, others);
  if (over) return over;
  const tooDear = named ? overAmount(totalMinor, sale.currency) : null;
  if (tooDear) return tooDear;
  const expiresAt = gained.length > 0 ? mayGain(batch, hold, { lines, gained, without }) : hold.expiresAt;
  if ('code' in expiresAt) return expiresAt;
  leaveClocks(batch, { ...hold, lines: givenBack(hold.lines, lines) });
  exchangeHeld(batch, hold, { lines, lost, gained });
  hold.totalMinor = totalMinor;
  const resumed = expiresAt < hold.expiresAt;
  hold.expiresAt = expiresAt;
  return { kind: 'exchanged', hold, sale, resumed };
}

/** The buyer may name another price for the places that they have. */
const namesPrice = ({ items = [] }: ExchangeCommand['wants']): boolean =>
  items.some(({ priceMinor }) => priceMinor !== undefined);

/** The pools and seats as they would be without this hold. */
export function withoutHold(
  { pools, seats }: LedgerState,
  { lines }: HoldRecord,
): Pick<LedgerState, 'pools' | 'seats'> {
  const left = new Map<PoolId, Pool>(pools);
  const statuses = lines.some((line) => line.seats) ? (seats?.slice() ?? null) : seats;
  for (const line of lines) {
    for (const id of line.pools) {
      const pool = left.get(id);
      if (pool) left.set(id, { ...pool, held: pool.held - line.quantity });
    }
    for (const index of line.seats ?? []) if (statuses) statuses[index] = seatStatus.free;
  }
  return { pools: left, seats: statuses };
}

/** A ticket type that the hold has already keeps its name and price. The promo code stays redeemed. */
function priced(
  { sale, state, now }: Batch,
  pools: LedgerState['pools'],
  hold: HoldRecord,
  chosen: HoldLine[],
  { wants, gains }: { wants: ExchangeCommand['wants']; gains: boolean },
): HoldLine[] | Refusal {
  const full = hold.lines.map((line) => atFullPrice(line, sale.currency));
  const named = new Set(
    wants.items?.flatMap(({ ticketTypeId, priceMinor }) => (priceMinor === undefined ? [] : ticketTypeId)),
  );
  const frozen = [...Map.groupBy(chosen, ({ ticketTypeId }) => ticketTypeId)].flatMap(([id, lines]) => {
    const before = full.filter(({ ticketTypeId }) => ticketTypeId === id);
    return before.length === 0 || named.has(id)
      ? lines
      : keepPrices(sale, { before, lines }, { pools: state.pools, now });
  });
  const known = state.vouchers ? { pools, vouchers: state.vouchers } : { pools };
  return repriceAgain(sale, known, { lines: frozen, before: hold.lines, gains }, now);
}

/**
 * The places of `lines` at the prices of `before`, both of one ticket type. Places beyond those that the hold had cost what
 * they cost now, and the earliest prices stay if there are fewer.
 */
function keepPrices(
  sale: EventSale,
  { before, lines }: { before: HoldLine[]; lines: HoldLine[] },
  by: PricedBy,
): HoldLine[] {
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  const had = before.reduce((sum, line) => sum + line.quantity, 0);
  const [first] = before;
  const type = sale.ticketTypes.find(({ id }) => id === first?.ticketTypeId);
  // Without a step, all places of a type have one price.
  const hasSteps = before.some(({ step }) => step) || type?.steps !== undefined;
  const kept = hasSteps
    ? firstOf(before, quantity)
    : merged(before).map((line) => regrouped(line, quantity, sale));
  const more = hasSteps && type && quantity > had ? linesOf(sale, type, quantity - had, by) : [];
  return seated(merged(kept.concat(more)), lines);
}

function firstOf(lines: HoldLine[], quantity: number): HoldLine[] {
  let rest = quantity;
  return lines.flatMap((line) => {
    const some = Math.min(rest, line.quantity);
    rest -= some;
    return some > 0 ? [{ ...line, quantity: some }] : [];
  });
}

/** One line for places of one step at one price. */
function merged(lines: HoldLine[]): HoldLine[] {
  const all: HoldLine[] = [];
  for (const line of lines) {
    const at = all.findIndex(
      ({ step, unitMinor }) => step?.poolId === line.step?.poolId && unitMinor === line.unitMinor,
    );
    const before = all[at];
    if (before) all[at] = bothOf(before, line);
    else all.push(line);
  }
  return all;
}

/** Gives the lines the seats of `chosen`. A seat keeps its price if it can. */
function seated(lines: HoldLine[], chosen: HoldLine[]): HoldLine[] {
  const names = new Map(
    chosen.flatMap(({ seats = [], seatNames }) => seats.map((seat, i) => [seat, seatNames?.[i]])),
  );
  const { seatMapId } = chosen[0] ?? {};
  if (names.size === 0) return lines;
  const kept = lines.map(({ seats = [], quantity }) =>
    seats.filter((seat) => names.has(seat)).slice(0, quantity),
  );
  const had = new Set(kept.flat());
  const free = [...names.keys()].filter((seat) => !had.has(seat));
  return lines.map((line, i) => {
    const own = kept[i] as number[];
    const seats = [...own, ...free.splice(0, line.quantity - own.length)].sort((a, b) => a - b);
    const seatNames = seats.flatMap((seat) => names.get(seat) ?? []);
    return { ...line, seats, seatNames, ...(seatMapId && { seatMapId }) };
  });
}

/** Until when the hold may have the places that it gains, or why not. */
function mayGain(
  batch: Batch,
  hold: HoldRecord,
  { lines, gained, without }: { lines: HoldLine[]; gained: HoldLine[]; without: Pick<LedgerState, 'pools'> },
): Date | Refusal {
  const { sale, state, now } = batch;
  const closed = notOnSale(sale, now);
  if (closed) return closed;
  const tooDear = overAmount(totalOf(lines), sale.currency);
  if (tooDear) return tooDear;
  const others = (state.byBuyer.get(hold.buyerId) ?? []).filter((each) => each.id !== hold.id);
  const have = others.reduce((sum, each) => sum + livePlaces(each), 0);
  const places = placesIn(lines);
  if (places > hold.places) {
    const tooMany =
      overBuyer(sale, have, places) ??
      overNetwork(batch, hold.network, weightOf({ places }) - weightOf(hold));
    if (tooMany) return tooMany;
  }
  const had = seatsIn(hold.lines);
  const taken = gained.flatMap((line) => (line.seats ? withoutSeats(line, had) : [line]));
  const known = { ...batch, ...state, pools: without.pools, theirs: others };
  return holdUntil(hold, taken, lines, known, hold.expiresAt.getTime());
}

/**
 * What the hold no longer has. A seat that only changes its ticket type is not given back. Unnumbered places of one type
 * are all alike, so they are given back when the last one is.
 */
function givenBack(before: HoldLine[], lines: HoldLine[]): HoldLine[] {
  const seats = seatsIn(lines);
  return before.flatMap((line) => {
    if (line.seats) return withoutSeats(line, seats);
    return lines.some(({ ticketTypeId }) => ticketTypeId === line.ticketTypeId) ? [] : [line];
  });
}

const seatsIn = (lines: HoldLine[]): Set<number> => new Set(lines.flatMap((line) => line.seats ?? []));

function withoutSeats(line: HoldLine, others: ReadonlySet<number>): HoldLine[] {
  const seats = line.seats?.filter((seat) => !others.has(seat)) ?? [];
  return seats.length > 0 ? [{ ...line, seats, quantity: seats.length }] : [];
}
