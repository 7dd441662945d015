import type { EventId, PoolId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { Book, Books, Memory } from './books.ts';
import { type ClockOwner, networkOfOwner } from './clocks.ts';
import { giftMinorOf } from './gift-payment.ts';
import type { Pool } from './inventory.ts';
import { selectPlacesByMark, selectRestingNetworks } from './marks-store.ts';
import { hasResale } from './resale.ts';
import type { Changes } from './state.ts';
import { selectNextExpiries, selectPlacesByBuyer } from './store.ts';
import { tradeInOf } from './trade-in.ts';
import { hasVoucher } from './voucher.ts';

/** An event with more buyers than this is not cached; this many take about 30 MB. */
const maxBuyers = 200_000;
/** The cache keeps at least this many of the latest active holds. Up to twice as many take about 2 MB. */
const maxHolds = 1_000;
/** After another process has sold, this many batches must pass without one that sells. */
const calmBatches = 50;

/** Applies the batch's changes to the cache, or drops the cache if another process changed the event too. */
export function keepUp({ memory }: Book, changes: Changes): void {
  if (!memory) return;
  for (const [buyerId, places] of changes.places) {
    memory.places.set(buyerId, (memory.places.get(buyerId) ?? 0) + places);
  }
  for (const [mark, more] of changes.marked) {
    const places = (memory.marked.get(mark) ?? 0) + more;
    if (places === 0) memory.marked.delete(mark);
    else memory.marked.set(mark, places);
  }
  for (const { owner, restsUntil } of changes.clocks) noteResting(memory, owner, restsUntil.getTime());
  for (const hold of changes.placed) {
    memory.nextExpiryMs = Math.min(memory.nextExpiryMs, hold.expiresAt.getTime());
    // The payment of an exchange or a resale needs the order with the old ticket, which is only in the database, and a
    // hold with a voucher needs the voucher.
    if (hold.status === 'active' && !tradeInOf(hold) && !hasResale(hold) && !hasVoucher(hold))
      memory.holds.set(hold.id, hold);
  }
  for (const hold of changes.changed) {
    // What a gift card pays comes back under the card's lock, which only a batch from the database takes.
    if (hold.status !== 'active' || hasVoucher(hold) || giftMinorOf(hold.lines) > 0)
      memory.holds.delete(hold.id);
    if (hold.status === 'active') {
      // An exchange of places may make a hold end earlier.
      memory.nextExpiryMs = Math.min(memory.nextExpiryMs, hold.expiresAt.getTime());
      if (memory.holds.has(hold.id)) memory.holds.set(hold.id, hold);
    }
  }
  // Deletes many at once: a Map keeps the slots of deleted entries, and each search for the oldest passes all of
  // them.
  if (memory.holds.size > 2 * maxHolds) memory.holds = new Map([...memory.holds].slice(-maxHolds));
}

function noteResting({ restingUntilMs }: Memory, owner: ClockOwner, untilMs: number): void {
  const network = networkOfOwner(owner);
  if (network !== null) restingUntilMs.set(network, Math.max(untilMs, restingUntilMs.get(network) ?? 0));
}

/**
 * Drops the cache when another process has changed the event's ledger. While two processes sell one event, each one's
 * cache is stale after the other's batch.
 */
export function noteForeign(book: Book): void {
  book.memory = null;
  book.calmIn = calmBatches;
}

/**
 * Keeps the caches of the locked events current. Their pools are the ones just read, and if the first hold has
 * expired, it looks up the next expiry. It starts to cache events that are calm, not cached yet, and wanted for new
 * holds.
 */
export async function remember(
  trx: Transaction,
  opened: Books,
  batch: { poolsOf: (eventId: EventId) => Map<PoolId, Pool>; now: Date; mostlyHolds: boolean },
): Promise<void> {
  const fresh: EventId[] = [];
  const stale: EventId[] = [];
  for (const [eventId, book] of opened) {
    if (book.memory) {
      book.memory.pools = batch.poolsOf(eventId);
      if (book.memory.nextExpiryMs <= batch.now.getTime()) stale.push(eventId);
    } else if (book.calmIn > 0) book.calmIn--;
    else if (batch.mostlyHolds && book.inLine === 0) fresh.push(eventId);
  }
  if (fresh.length + stale.length === 0) return;
  const known = fresh.length > 0;
  const [expiries, buyers, marks, resting] = await Promise.all([
    selectNextExpiries(trx, [...fresh, ...stale]),
    known ? selectPlacesByBuyer(trx, fresh, maxBuyers) : [],
    known ? selectPlacesByMark(trx, fresh, maxBuyers) : [],
    known ? selectRestingNetworks(trx, fresh, batch.now) : [],
  ]);
  const placesOf = Map.groupBy(buyers, (row) => row.event_id);
  const marksOf = Map.groupBy(marks, (row) => row.event_id);
  // The list may have been cut off at the limit. Such events are decided from the database.
  const tooMany = buyers.length === maxBuyers || marks.length === maxBuyers;
  for (const eventId of fresh) {
    const book = opened.get(eventId) as Book;
    if (tooMany) book.calmIn = calmBatches;
    else {
      book.memory = {
        pools: batch.poolsOf(eventId),
        holds: new Map(),
        places: new Map((placesOf.get(eventId) ?? []).map((row) => [row.buyer_id, row.places])),
        marked: new Map((marksOf.get(eventId) ?? []).map((row) => [row.mark, row.places])),
        restingUntilMs: new Map(),
        nextExpiryMs: 0,
      };
    }
  }
  for (const { event_id, owner, rests_until } of resting) {
    const memory = opened.get(event_id)?.memory;
    if (memory) noteResting(memory, owner, rests_until.getTime());
  }
  for (const [eventId, expiry] of expiries) {
    const memory = opened.get(eventId)?.memory;
    if (memory) memory.nextExpiryMs = expiry?.getTime() ?? Number.POSITIVE_INFINITY;
  }
}
