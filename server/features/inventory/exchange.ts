import type { PoolId } from '../../../contract/ids.ts';
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
  const chosen = chooseLines(sale, without, command.wants, now, hold.lines, voucher);
  if ('code' in chosen) return chosen;
  const gained = subtractLines(chosen, hold.lines);
  const lost = subtractLines(hold.lines, chosen);
  if (gained.length + lost.length === 0) return { kind: 'exchanged', hold, sale, resumed: false };
  const lines = priced(batch, without.pools, hold, chosen, gained.length > 0);
  if ('code' in lines) return lines;
  const totalMinor = totalOf(lines);
  const others = (state.byBuyer.get(hold.buyerId) ?? []).filter((each) => each.id !== hold.id);
  const over = overExtras(sale, lines, others);
  if (over) return over;
  const expiresAt = gained.length > 0 ? mayGain(batch, hold, { lines, gained, without }) : hold.expiresAt;
  if ('code' in expiresAt) return expiresAt;
  leaveClocks(batch, { ...hold, lines: givenBack(hold.lines, lines) });
  exchangeHeld(batch, hold, { lines, lost, gained });
  hold.totalMinor = totalMinor;
  const resumed = expiresAt < hold.expiresAt;
  hold.expiresAt = expiresAt;
  return { kind: 'exchanged', hold, sale, resumed };
}

/** The pools and seats as they would be without this hold. */
function withoutHold(
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
  gains: boolean,
): HoldLine[] | Refusal {
  const full = hold.lines.map((line) => atFullPrice(line, sale.currency));
  const frozen = chosen.map((line) => {
    const before = full.find(({ ticketTypeId }) => ticketTypeId === line.ticketTypeId);
    if (!before) return line;
    const { pricing: _, ...places } = line;
    const { name, unitMinor, parts, pricing } = before;
    return { ...places, name, unitMinor, parts, ...(pricing && { pricing }) };
  });
  const known = state.vouchers ? { pools, vouchers: state.vouchers } : { pools };
  return repriceAgain(sale, known, { lines: frozen, before: hold.lines, gains }, now);
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
