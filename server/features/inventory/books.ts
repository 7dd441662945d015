import type { EventId, HoldId, PoolId, UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { allFree, type HoldRecord, type Pool } from './inventory.ts';
import type { Line } from './line.ts';
import type { Mark } from './marks.ts';
import { type LedgerRow, type SeatRow, selectSeatsSince } from './store.ts';

/**
 * This process's cache of one event between batches: the sale and the owner of each seat. It is used only after the
 * lock, when the ledger's row has told what changed.
 */
export interface Book {
  sale: EventSale;
  /** The ledger version that `seats` belong to. */
  version: number;
  /** One byte per seat; null for an event without numbered seats. */
  seats: Uint8Array | null;
  /** Everything that a new hold depends on, valid for `version`; null if it is not cached. */
  memory: Memory | null;
  /** Batches to wait before caching the event again, because other processes sell it too. */
  calmIn: number;
  /** The event's count of buyer changes (holds moved to another account) at that version. */
  moves: number;
  /** The waitlist as of `lineVersion`; null if it is not cached. */
  line: Line | null;
  lineVersion: number;
  /** How many wait or have an offer. While there are any, batches run from the database. */
  inLine: number;
  /** When the first voucher ends that keeps places. From then on batches run from the database, which frees them. */
  codesEndAtMs: number;
}
export type Books = Map<EventId, Book>;

/**
 * Caches everything of an event that a new hold depends on, and the active holds that were placed lately. While no
 * other process changes the event's ledger, this process reads nothing before it decides.
 */
export interface Memory {
  pools: Map<PoolId, Pool>;
  /** Active holds that this process placed, the oldest first. */
  holds: Map<HoldId, HoldRecord>;
  /** Every buyer who ever held a place of this event, with their present number of places, which may be 0. */
  places: Map<UserId, number>;
  /** Live places by mark (marks.ts). A mark without places has no entry. */
  marked: Map<Mark, number>;
  /** How long old clocks still run for seats that guests of a network held. */
  restingUntilMs: Map<Mark, number>;
  /** When the first active hold expires. After that, more places are free than this cache knows. */
  nextExpiryMs: number;
}

/** Maximum number of cached events per lane; the least recently used goes first. An arena takes about 1 MB. */
const maxBooks = 1000;

/** Updates the cached seats with the changes of other processes. */
export function catchUpSeats(books: Books, seats: SeatRow[]): void {
  for (const { event_id, index, status } of seats) {
    const statuses = books.get(event_id)?.seats;
    if (statuses) statuses[index] = status;
  }
}

/** Returns the books of the locked events. It reads an event again if it is new or was edited. */
export async function refreshSales(
  options: { readSale: (eventId: EventId) => Promise<EventSale | null> },
  trx: Transaction,
  books: Books,
  ledgers: LedgerRow[],
): Promise<Books> {
  const stale = ledgers.filter((row) => books.get(row.event_id)?.sale.version !== row.sale_version);
  const sales = await Promise.all(stale.map((row) => options.readSale(row.event_id)));
  const unread: EventSale[] = [];
  for (const sale of sales) {
    if (!sale) continue;
    const known = books.get(sale.eventId);
    const keeps = known?.sale.seats?.mapId === sale.seats?.mapId;
    const seats = known && keeps ? known.seats : sale.seats && allFree(sale.seats);
    books.set(sale.eventId, {
      sale,
      version: 0,
      memory: null,
      calmIn: 0,
      moves: known?.moves ?? 0,
      line: known?.line ?? null,
      lineVersion: known?.lineVersion ?? -1,
      inLine: known?.inLine ?? 0,
      codesEndAtMs: known?.codesEndAtMs ?? Number.POSITIVE_INFINITY,
      seats,
    });
    if (sale.seats && !(known && keeps)) unread.push(sale);
  }
  if (unread.length > 0) {
    const eventIds = unread.map((sale) => sale.eventId);
    catchUpSeats(
      books,
      await selectSeatsSince(
        trx,
        eventIds,
        eventIds.map(() => -1),
      ),
    );
  }
  return touch(books, ledgers);
}

/** Moves the events of this batch to the end, so that the map's order is the order of last use. */
function touch(books: Books, ledgers: LedgerRow[]): Books {
  const opened: Books = new Map();
  for (const { event_id } of ledgers) {
    const book = books.get(event_id);
    if (!book) continue;
    books.delete(event_id);
    books.set(event_id, book);
    opened.set(event_id, book);
  }
  for (const eventId of books.keys()) {
    if (books.size <= maxBooks || opened.has(eventId)) break;
    books.delete(eventId);
  }
  return opened;
}
