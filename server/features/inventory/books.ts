import type { EventId, HoldId, PoolId, UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { allFree, type HoldRecord, type Pool } from './inventory.ts';
import type { Mark } from './marks.ts';
import { type LedgerRow, type SeatRow, selectSeatsSince } from './store.ts';

/**
 * What this process remembers of an event between batches, so that it need not be read again: the sale, and
 * who has which seat. It is only believed after the lock, when the ledger's row has told what is new.
 */
export interface Book {
  sale: EventSale;
  /** The ledger version that `seats` are true for. */
  version: number;
  /** One byte per seat; null for an event without numbered seats. */
  seats: Uint8Array | null;
  /** All that a new hold depends on, true for `version`; null where it is not known. */
  memory: Memory | null;
  /** Batches to go before it is worth remembering again: other processes sell this event too. */
  calmIn: number;
  /** How often holds of the event had changed their buyer by then. */
  moves: number;
}
export type Books = Map<EventId, Book>;

/**
 * All of an event that a new hold depends on, and the active holds that were placed lately. While nobody else
 * moves the event's ledger, a process that keeps it need not read anything before it decides.
 */
export interface Memory {
  pools: Map<PoolId, Pool>;
  /** Active ones placed by this process, the oldest first. */
  holds: Map<HoldId, HoldRecord>;
  /** Everyone who ever held something, with the places they have now, maybe none. */
  places: Map<UserId, number>;
  /** Live places by mark (marks.ts); none where there are none. */
  marked: Map<Mark, number>;
  /** Until when old clocks run for seats that guests of a network held. */
  restingUntilMs: Map<Mark, number>;
  /** When the first active hold runs out; from then on places are free that this memory does not know of. */
  nextExpiryMs: number;
}

/** How many events one lane remembers; the one used longest ago goes first. An arena takes about 1 MB. */
const maxBooks = 1000;

/** Brings remembered seats up to date with what other processes have sold since. */
export function catchUpSeats(books: Books, seats: SeatRow[]): void {
  for (const { event_id, index, status } of seats) {
    const statuses = books.get(event_id)?.seats;
    if (statuses) statuses[index] = status;
  }
}

/** The books of the locked events; those that are new or whose event was edited are read again. */
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
      moves: 0,
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

/** Puts the events of this batch last, so that the map's order says which was used longest ago. */
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
