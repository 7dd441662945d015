import type { PoolId, TicketTypeId } from '../../../contract/ids.ts';
import type { EventSale, SaleTicketType } from '../sale/event-sale.ts';
import { totalOf } from '../sale/split.ts';
import { chooseLines, notOnSale } from './choose-lines.ts';
import type { HoldLine } from './inventory.ts';
import { overBuyer } from './limits.ts';
import { addEntry, type Line, type LineEntry, offerIdOf } from './line.ts';
import { offerEnd } from './offer-time.ts';
import { overAmount } from './order-amount.ts';
import { type Resale, resaleEndOf, whyOver } from './resale.ts';
import type { Batch } from './state.ts';
import { closeEntry, noteEntry, notePool, takePlaces } from './transitions.ts';

/**
 * Maximum number of offers in one batch. The ledger makes the others in the next batches. Holds of other events that share a
 * lane with this one come between them, so they wait for a hundred offers and not for thousands.
 */
export const maxOffers = 100;

/**
 * Decision: offers free places to those who wait, in the order of their numbers. `decide` runs it before the first
 * command and after each command that frees places, so nobody else can take a freed place.
 *
 * Tickets that are offered for resale go first, the oldest offer first, because their sellers get nothing if nobody buys them
 * in time. A hold may have both kinds.
 *
 * An entry that fits gets a hold. An entry that does not fit yet keeps what is free for it, so that places gather until
 * it fits, and nobody behind it or outside the line gets them. Shortly before the start it keeps nothing, and the first
 * entry that fits gets the places. docs/waitlist.md has an example.
 */
export function serveLine(batch: Batch): void {
  const { line } = batch.state;
  if (!line) return;
  for (const pool of batch.state.pools.values()) setKept(batch, pool.id, 0);
  batch.gathered = false;
  line.dueAt = null;
  if (line.waiting.size === 0) return;
  endWhereOver(batch, line);
  const closed = notOnSale(batch.sale, batch.now);
  if (closed) {
    if (closed.code === 'sale_not_started') dueBy(line, batch.sale.saleStartsAt);
    // The sale of a ticket type ends also while the event is not on sale.
    for (const id of line.waiting.keys()) dueBy(line, typeOf(batch.sale, id)?.saleEndsAt ?? null);
    return;
  }
  walk(batch, line);
  noteDue(batch, line);
}

/** Ends the entries of ticket types that nobody can buy any more. */
function endWhereOver(batch: Batch, line: Line): void {
  const { sale, now } = batch;
  const closed = notOnSale(sale, now);
  const isOver = sale.status === 'cancelled' || closed?.code === 'sale_ended';
  for (const [ticketTypeId, queue] of [...line.waiting]) {
    const type = typeOf(sale, ticketTypeId);
    if (!isOver && type && (!type.saleEndsAt || now < type.saleEndsAt)) continue;
    for (const entry of [...queue]) closeEntry(batch, entry, 'ended');
  }
}

/** The entries of one ticket type, while the line is served. */
interface Queue {
  type: SaleTicketType;
  entries: LineEntry[];
  /** The index of the entry whose turn it is. */
  at: number;
}

function walk(batch: Batch, line: Line): void {
  const { sale, state, now } = batch;
  const gathers = now < gatherUntil(sale);
  // What is left for the next in line: without what earlier entries keep.
  const left = new Map<PoolId, number>();
  for (const { id, capacity, held, sold, blocked } of state.pools.values())
    left.set(id, capacity - held - sold - blocked);
  const onResale = offeredResales(batch);
  let queues = queuesOf(sale, line, now);
  const done = (queue: Queue) => {
    queues = queues.filter((each) => each !== queue);
  };
  for (let queue = first(queues); queue; queue = first(queues)) {
    const { type } = queue;
    const entry = queue.entries[queue.at] as LineEntry;
    const fresh = Math.max(0, Math.min(...type.poolIds.map((id) => left.get(id) ?? 0)));
    const resales = onResale.get(type.id) ?? [];
    if (fresh + resales.length <= 0) {
      done(queue);
      continue;
    }
    queue.at++;
    if (queue.at >= queue.entries.length) done(queue);
    const fits = canEverFit(batch, type, entry);
    if (fits === 'no') continue;
    // Nobody buys their own ticket.
    const others = resales.filter(({ sellerId }) => sellerId !== entry.buyerId).slice(0, entry.quantity);
    if (fresh + others.length <= 0) continue;
    const isEnough = entry.quantity <= fresh + others.length;
    const unserved = (some: Resale[]) =>
      onResale.set(
        type.id,
        resales.filter((each) => !some.includes(each)),
      );
    if (isEnough && fits === 'yes' && batch.facts.offered.length < maxOffers) {
      if (offer(batch, line, entry, type, others)) {
        take(left, type, entry.quantity - others.length);
        unserved(others);
      }
      continue;
    }
    if (isEnough) batch.moreOffers = true;
    else if (!gathers) continue;
    // What the entry keeps until it fits. Those behind it get only the rest.
    unserved(others);
    if (others.length > 0) batch.gathered = true;
    for (const id of type.poolIds) {
      const kept = Math.min(left.get(id) ?? 0, entry.quantity - others.length);
      left.set(id, (left.get(id) ?? 0) - kept);
      setKept(batch, id, (state.pools.get(id)?.kept ?? 0) + kept);
    }
  }
}

/** The tickets on resale that nobody has an offer of, by their type, the oldest offer first. */
function offeredResales({ sale, state, now }: Batch): Map<TicketTypeId, Resale[]> {
  if (!state.resales) return new Map();
  const open = [...state.resales.values()].filter(
    ({ status, buyerHoldId, ticketTypeId }) =>
      status === 'offered' && buyerHoldId === null && whyOver(sale, ticketTypeId, now) === null,
  );
  return Map.groupBy(open.sort(byOffer), ({ ticketTypeId }) => ticketTypeId);
}

const byOffer = (a: Resale, b: Resale): number =>
  a.offeredAt.getTime() - b.offeredAt.getTime() || (a.id < b.id ? -1 : 1);

function queuesOf(sale: EventSale, line: Line, now: Date): Queue[] {
  return [...line.waiting].flatMap(([ticketTypeId, waiting]) => {
    const type = typeOf(sale, ticketTypeId);
    if (!type || (type.saleStartsAt && now < type.saleStartsAt)) return [];
    // A copy, because an offer takes its entry out of the line.
    return [{ type, entries: waiting.slice(), at: 0 }];
  });
}

/** The queue with the entry whose number is the smallest. */
function first(queues: Queue[]): Queue | undefined {
  let best: Queue | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const queue of queues) {
    const place = queue.entries[queue.at]?.place ?? Number.POSITIVE_INFINITY;
    if (place < lowest) {
      best = queue;
      lowest = place;
    }
  }
  return best;
}

function take(left: Map<PoolId, number>, { poolIds }: SaleTicketType, quantity: number): void {
  for (const id of poolIds) left.set(id, (left.get(id) ?? 0) - quantity);
}

/**
 * `no`: these places cannot be this person's, so the entry blocks nobody: the party is larger than the pool, or the person
 * has as many places as one buyer may. `unknown`: this batch has not read how many places the person has.
 */
function canEverFit(batch: Batch, type: SaleTicketType, entry: LineEntry): 'yes' | 'no' | 'unknown' {
  const { sale, state, changes } = batch;
  if (entry.quantity > type.maxPerOrder) return 'no';
  if (type.poolIds.some((id) => (state.pools.get(id)?.capacity ?? 0) < entry.quantity)) return 'no';
  const before = state.placesOfWaiting?.get(entry.buyerId);
  if (before === undefined) return 'unknown';
  const have = before + (changes.places.get(entry.buyerId) ?? 0);
  return overBuyer(sale, have, entry.quantity) ? 'no' : 'yes';
}

/** Gives an entry its hold. False if the places cannot be sold, for example because they cost too much. */
function offer(batch: Batch, line: Line, entry: LineEntry, type: SaleTicketType, resales: Resale[]): boolean {
  const { sale, now } = batch;
  const fresh = freshLines(batch, type, entry.quantity - resales.length);
  if (!fresh) return false;
  const lines = [...resales.map((resale) => resale.line), ...fresh];
  const totalMinor = totalOf(lines);
  if (overAmount(totalMinor, sale.currency)) return false;
  const saleEndsAt =
    resales.length > 0
      ? resaleEndOf(sale, type.id)
      : earliest([type.saleEndsAt, sale.saleEndsAt ?? sale.endsAt]);
  const expiresAt = offerEnd(sale, entry.offerMinutes, saleEndsAt, now);
  const hold = takePlaces(batch, {
    id: offerIdOf(entry),
    buyerId: entry.buyerId,
    expiresAt,
    lines,
    totalMinor,
    retry: null,
    // The line limits what one network may ask for, and an offer must not keep its person from holding other places.
    network: null,
  });
  for (const resale of resales) {
    resale.buyerHoldId = hold.id;
    batch.changes.resales.add(resale);
  }
  noteEntry(batch, entry, 'offered');
  entry.offeredAt = now;
  entry.offerEndsAt = expiresAt;
  addEntry(line, entry);
  batch.facts.offered.push({ entry, hold });
  return true;
}

/** The lines of free places, or null if they cannot be sold. */
function freshLines(batch: Batch, { id: ticketTypeId }: SaleTicketType, quantity: number): HoldLine[] | null {
  if (quantity === 0) return [];
  const { sale, state, now } = batch;
  const wants = { kind: 'best' as const, ticketTypeId, quantity };
  // What others keep was subtracted before: these pools count it as free.
  const places = { pools: withoutKept(batch), seats: state.seats };
  const lines = chooseLines(sale, places, wants, now, { anyNumber: true });
  return 'code' in lines ? null : lines;
}

function withoutKept({ state }: Batch): Batch['state']['pools'] {
  const pools = new Map(state.pools);
  for (const [id, pool] of pools) if (pool.kept > 0) pools.set(id, { ...pool, kept: 0 });
  return pools;
}

function setKept(batch: Batch, id: PoolId, kept: number): void {
  const pool = batch.state.pools.get(id);
  if (!pool || pool.kept === kept) return;
  notePool(batch, pool);
  pool.kept = kept;
}

/** Until then places gather for a party. */
const gatherUntil = ({ startsAt, waitlist }: EventSale): Date =>
  new Date(startsAt.getTime() - waitlist.partiesUntilHours * 3_600_000);

/** When time alone will change who gets places. */
function noteDue(batch: Batch, line: Line): void {
  const { sale, state, now } = batch;
  if (line.waiting.size === 0) return;
  dueBy(line, sale.saleEndsAt ?? sale.endsAt);
  const gathered = batch.gathered || [...state.pools.values()].some((pool) => pool.kept > 0);
  if (gathered && now < gatherUntil(sale)) dueBy(line, gatherUntil(sale));
  for (const ticketTypeId of line.waiting.keys()) {
    const type = typeOf(sale, ticketTypeId);
    dueBy(line, type?.saleEndsAt ?? null);
    if (type?.saleStartsAt && now < type.saleStartsAt) dueBy(line, type.saleStartsAt);
    // Tickets on resale stop being kept for a party when their time is over.
    if (batch.gathered && now < resaleEndOf(sale, ticketTypeId)) dueBy(line, resaleEndOf(sale, ticketTypeId));
  }
}

function dueBy(line: Line, at: Date | null): void {
  if (at && (!line.dueAt || at < line.dueAt)) line.dueAt = at;
}

const typeOf = (sale: EventSale, id: TicketTypeId): SaleTicketType | undefined =>
  sale.ticketTypes.find((type) => type.id === id);

const earliest = (times: (Date | null)[]): Date =>
  new Date(Math.min(...times.flatMap((at) => at?.getTime() ?? [])));
