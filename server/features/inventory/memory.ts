import type { EventId, PoolId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { Book, Books, Memory } from './books.ts';
import { type ClockOwner, networkOfOwner } from './clocks.ts';
import type { Pool } from './inventory.ts';
import { selectPlacesByMark, selectRestingNetworks } from './marks-store.ts';
import type { Changes } from './state.ts';
import { selectNextExpiries, selectPlacesByBuyer } from './store.ts';

/** Beyond so many buyers an event is not remembered: about 30 MB. */
const maxBuyers = 200_000;
/** Of an event's active holds at least the latest so many: up to twice as many are about 2 MB. */
const maxHolds = 1_000;
/** After another process has sold, so many batches must pass in peace. */
const calmBatches = 50;

/** Takes what the batch has changed into the memory, or forgets it where another process was there too. */
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
    if (hold.status === 'active') memory.holds.set(hold.id, hold);
  }
  for (const hold of changes.changed) {
    if (hold.status !== 'active') memory.holds.delete(hold.id);
    else if (memory.holds.has(hold.id)) memory.holds.set(hold.id, hold);
  }
  // Many at once: a Map keeps the places of what was deleted, and every look for the oldest passes them all.
  if (memory.holds.size > 2 * maxHolds) memory.holds = new Map([...memory.holds].slice(-maxHolds));
}

function noteResting({ restingUntilMs }: Memory, owner: ClockOwner, untilMs: number): void {
  const network = networkOfOwner(owner);
  if (network !== null) restingUntilMs.set(network, Math.max(untilMs, restingUntilMs.get(network) ?? 0));
}

/** Called when an event's ledger is found elsewhere than it was left: while two processes sell one event, each finds its
 * memory outdated by the other's last batch. */
export function noteForeign(book: Book): void {
  book.memory = null;
  book.calmIn = calmBatches;
}

/**
 * Keeps the memories of the locked events true: their pools are those that were just read, and where the
 * first hold has run out, the next one's time is looked up. Remembers events that are calm, not remembered
 * yet, and wanted for new holds.
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
    else if (batch.mostlyHolds) fresh.push(eventId);
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
  // So many that the list may be cut short: these events are decided from the database.
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
