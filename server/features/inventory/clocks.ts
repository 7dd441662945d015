import type { PoolId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { freeIn } from './free-places.ts';
import {
  type Command,
  type HoldLine,
  type HoldRecord,
  type Pool,
  paymentGraceMs,
  type Refusal,
  refuse,
  seatStatus,
} from './inventory.ts';
import { isGuestNetwork, type Mark } from './marks.ts';

/**
 * Limits how long a buyer can keep the same places, even with several holds. If a buyer releases places or lets them
 * expire, and then holds the same places again, the new hold gets only the time that was left. The time starts anew
 * after the buyer has left the places alone for as long as a hold lasts. Places without numbers have a clock only
 * while they are scarce.
 */
export interface Clock {
  owner: ClockOwner;
  what: What;
  /** When the buyer's time for these places ends. */
  endsAt: Date;
  /** When the buyer may hold these places for the full time again. */
  restsUntil: Date;
}

/** A buyer. For seats also all guests of one network, because a guest account costs nothing. */
export type ClockOwner = UserId | `net_${Mark}`;
/** Places of a ticket type are interchangeable. A numbered seat is not. */
type What = TicketTypeId | `seat ${number}`;

export type Clocks = Map<ClockOwner, Map<string, Clock>>;

type Place = Extract<Command, { kind: 'place' }>;
type Owner = Pick<Place, 'buyerId' | 'network'>;

/** A hold with less time than this is refused, because nobody can buy in so little time. */
const leastUsefulMs = (sale: EventSale): number => Math.min(30_000, (sale.holdSeconds * 1000) / 4);

/** When a hold's time ends for its buyer, without the extra minute that only a payment may use. */
const clockEnd = (hold: HoldRecord): Date =>
  hold.ordered && hold.totalMinor > 0 ? new Date(hold.expiresAt.getTime() - paymentGraceMs) : hold.expiresAt;

const networkOwner = (network: Mark): ClockOwner => `net_${network}`;

/** Null if the owner is a buyer. */
export const networkOfOwner = (owner: ClockOwner): Mark | null =>
  owner.startsWith('net_') ? Number(owner.slice(4)) : null;

export const ownersOf = ({ buyerId, network }: Owner): ClockOwner[] =>
  network !== null && isGuestNetwork(network) ? [buyerId, networkOwner(network)] : [buyerId];

/** Returns the clocks that a hold leaves when it gives back its places without a purchase. */
export function clocksOf(hold: HoldRecord, sale: EventSale, now: Date): Clock[] {
  // The sweep may come late, but the places were free from the expiry on.
  const endedMs = Math.min(now.getTime(), hold.expiresAt.getTime());
  const times = {
    endsAt: clockEnd(hold),
    restsUntil: new Date(endedMs + sale.holdSeconds * 1000),
  };
  return ownersOf(hold).flatMap((owner) =>
    hold.lines.flatMap((line): Clock[] => {
      if (line.seats) return line.seats.map((seat) => ({ owner, what: `seat ${seat}`, ...times }));
      return owner === hold.buyerId ? [{ owner, what: line.ticketTypeId, ...times }] : [];
    }),
  );
}

/**
 * Keeps one of two clocks of the same places: the one that rests longer, and of two equal ones the one that ends
 * first.
 */
export function keepClock(clocks: Clocks, clock: Clock): void {
  const ofOwner = clocks.get(clock.owner);
  const kept = ofOwner?.get(clock.what);
  if (kept && kept.restsUntil > clock.restsUntil) return;
  if (kept && +kept.restsUntil === +clock.restsUntil && kept.endsAt < clock.endsAt) return;
  if (ofOwner) ofOwner.set(clock.what, clock);
  else clocks.set(clock.owner, new Map([[clock.what, clock]]));
}

interface Known {
  sale: EventSale;
  pools: ReadonlyMap<PoolId, Pool>;
  clocks: Clocks;
  /** The buyer's other holds. */
  theirs: HoldRecord[];
  now: Date;
}

/**
 * Decision: until when a buyer may hold the places of `taken`, which they did not hold so far; `latestMs` at the latest.
 * `lines` has all places of the hold. If almost no time is left, a refusal with the time of the next try.
 */
export function holdUntil(
  owner: Owner,
  taken: HoldLine[],
  lines: HoldLine[],
  known: Known,
  latestMs = known.now.getTime() + known.sale.holdSeconds * 1000,
): Date | Refusal {
  const { sale, now } = known;
  const leastMs = now.getTime() + leastUsefulMs(sale);
  let endsMs = latestMs;
  let restsMs = 0;
  for (const { endsAt, restsUntil } of clocksOn(owner, taken, lines, known)) {
    if (restsUntil <= now) continue;
    endsMs = Math.min(endsMs, endsAt.getTime());
    if (endsAt.getTime() < leastMs) restsMs = Math.max(restsMs, restsUntil.getTime());
  }
  if (restsMs === 0) return new Date(endsMs);
  return refuse('hold_again_later', {
    freeAt: new Date(restsMs).toISOString(),
    retryAfterSeconds: Math.ceil((restsMs - now.getTime()) / 1000),
  });
}

/**
 * True if so many places of a ticket type are left after this hold that the hold keeps nobody from buying at this price: a
 * tenth of each of its pools, that of the price step among them, and at least the largest order. Such places have no clock, so a buyer whose time ran out may
 * hold them again at once.
 */
function isPlentiful({ pools: counted }: HoldLine, lines: HoldLine[], { sale, pools }: Known): boolean {
  return counted.every((id) => {
    const pool = pools.get(id);
    if (!pool) return false;
    const taken = lines.reduce((sum, line) => sum + (line.pools.includes(id) ? line.quantity : 0), 0);
    const left = freeIn(pool) - taken;
    return left >= sale.maxPerBuyer && left * 10 >= pool.capacity;
  });
}

/** Returns the clocks that run for any place of `taken`. */
function clocksOn(
  owner: Owner,
  taken: HoldLine[],
  lines: HoldLine[],
  known: Known,
): Pick<Clock, 'endsAt' | 'restsUntil'>[] {
  const { sale, clocks, theirs } = known;
  if (clocks.size === 0 && theirs.length === 0) return [];
  const whats = taken.flatMap((line): What[] => {
    if (line.seats) return line.seats.map((seat): What => `seat ${seat}`);
    return isPlentiful(line, lines, known) ? [] : [line.ticketTypeId];
  });
  const kept = ownersOf(owner).flatMap((each) => {
    const ofOwner = clocks.get(each);
    return ofOwner ? whats.flatMap((what) => ofOwner.get(what) ?? []) : [];
  });
  // Otherwise a buyer could keep places of one ticket type for ever with two alternating holds.
  const running = theirs
    .filter(
      (hold) =>
        hold.status === 'active' &&
        hold.lines.some((line) => !line.seats && whats.includes(line.ticketTypeId)),
    )
    .map((hold) => {
      const endsAt = clockEnd(hold);
      return { endsAt, restsUntil: new Date(endsAt.getTime() + sale.holdSeconds * 1000) };
    });
  return [...kept, ...running];
}

/**
 * Returns the seats for the search for the best available, where seats that this buyer may not hold again yet count
 * as taken. Returns the same array if there are none.
 */
export function withoutResting(
  seats: Uint8Array | null,
  command: Place,
  { sale, clocks, now }: Omit<Known, 'theirs' | 'pools'>,
): Uint8Array | null {
  if (!seats || command.wants.kind !== 'best' || clocks.size === 0) return seats;
  const leastMs = now.getTime() + leastUsefulMs(sale);
  let left = seats;
  for (const owner of ownersOf(command)) {
    for (const { what, endsAt, restsUntil } of clocks.get(owner)?.values() ?? []) {
      if (restsUntil <= now || endsAt.getTime() >= leastMs || !what.startsWith('seat ')) continue;
      if (left === seats) left = seats.slice();
      left[Number(what.slice('seat '.length))] = seatStatus.held;
    }
  }
  return left;
}
