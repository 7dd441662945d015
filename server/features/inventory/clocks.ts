import type { PoolId, TicketTypeId, UserId } from '../../../contract/ids.ts';
import type { EventSale } from '../sale/event-sale.ts';
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
 * A hold's clock runs out for its places, not for the hold: who lets go, or lets the time run out, and holds the same
 * again has what was left. It starts anew once they have left the places alone for as long as a hold lasts. Places
 * without numbers have a clock only while they are scarce.
 */
export interface Clock {
  owner: ClockOwner;
  what: What;
  /** Until when the places could have been bought. */
  endsAt: Date;
  /** From then on they may be held for the full time again. */
  restsUntil: Date;
}

/** A buyer, and for seats also the guests of a network: a guest account costs nothing. */
export type ClockOwner = UserId | `net_${Mark}`;
/** Places of a ticket type are all alike; a numbered seat is itself. */
type What = TicketTypeId | `seat ${number}`;

export type Clocks = Map<ClockOwner, Map<string, Clock>>;

type Place = Extract<Command, { kind: 'place' }>;

/** Less than this is no time to buy in: such a hold is refused instead of being lost at once. */
const leastUsefulMs = (sale: EventSale): number => Math.min(30_000, (sale.holdSeconds * 1000) / 4);

/** When the places of a hold run out for its buyer: the minute that a payment may take longer is not theirs to keep. */
const clockEnd = (hold: HoldRecord): Date =>
  hold.ordered && hold.totalMinor > 0 ? new Date(hold.expiresAt.getTime() - paymentGraceMs) : hold.expiresAt;

const networkOwner = (network: Mark): ClockOwner => `net_${network}`;

/** Null where the owner is a buyer. */
export const networkOfOwner = (owner: ClockOwner): Mark | null =>
  owner.startsWith('net_') ? Number(owner.slice(4)) : null;

export const ownersOf = ({ buyerId, network }: { buyerId: UserId; network: Mark | null }): ClockOwner[] =>
  network !== null && isGuestNetwork(network) ? [buyerId, networkOwner(network)] : [buyerId];

/** The clocks that the end of an unbought hold leaves behind. */
export function clocksOf(hold: HoldRecord, sale: EventSale, now: Date): Clock[] {
  // A hold may be swept after its time; its places were free from then on.
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

/** Of several clocks of the same places the one that rests longest counts; of two such the one that ends first. */
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

/** Decision: until when a buyer may hold these lines; or when they may again, where next to nothing is left. */
export function holdUntil(command: Place, lines: HoldLine[], known: Known): Date | Refusal {
  const { sale, now } = known;
  const holdMs = sale.holdSeconds * 1000;
  const leastMs = now.getTime() + leastUsefulMs(sale);
  let endsMs = now.getTime() + holdMs;
  let restsMs = 0;
  for (const { endsAt, restsUntil } of clocksOn(command, lines, known)) {
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
 * Whether a ticket type has so many places left, after this hold, that nobody is kept from any: a tenth of each of its
 * pools, and the largest order. Such places have no clock, so a buyer whose time ran out may hold again at once.
 */
function isPlentiful({ pools: ofType }: HoldLine, lines: HoldLine[], { sale, pools }: Known): boolean {
  return ofType.every((id) => {
    const pool = pools.get(id);
    if (!pool) return false;
    const taken = lines.reduce((sum, line) => sum + (line.pools.includes(id) ? line.quantity : 0), 0);
    const left = pool.capacity - pool.held - pool.sold - taken;
    return left >= sale.maxPerBuyer && left * 10 >= pool.capacity;
  });
}

/** The clocks that run for any of these lines. */
function clocksOn(command: Place, lines: HoldLine[], known: Known): Pick<Clock, 'endsAt' | 'restsUntil'>[] {
  const { sale, clocks, theirs } = known;
  const whats = lines.flatMap((line): What[] => {
    if (line.seats) return line.seats.map((seat): What => `seat ${seat}`);
    return isPlentiful(line, lines, known) ? [] : [line.ticketTypeId];
  });
  const kept = ownersOf(command).flatMap((owner) => {
    const ofOwner = clocks.get(owner);
    return ofOwner ? whats.flatMap((what) => ofOwner.get(what) ?? []) : [];
  });
  // Two holds in turns would otherwise keep places of one ticket type for ever.
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
 * The seats as the search for the best available should see them: those that this buyer may not hold again yet are as
 * good as taken. The same array where there are none.
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
