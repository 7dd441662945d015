import type { EventId, UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { Submitted } from './batch.ts';
import type { Book, Books } from './books.ts';
import type { Command, HoldRecord, Pool } from './inventory.ts';
import { addEntry, emptyLine, type Line, removeEntry } from './line.ts';
import { selectChangedEntries, selectPlacesOfWaiting, toEntry } from './line-store.ts';
import type { Resale } from './resale.ts';
import { maxOffers } from './serve-line.ts';
import type { LedgerRow } from './store.ts';

/** What a batch knows of the line of an event. */
interface LoadedLine {
  line: Line | null;
  placesOfWaiting: ReadonlyMap<UserId, number>;
}

const noLine: LoadedLine = { line: null, placesOfWaiting: new Map() };

/** These free no place, so a batch of them alone makes no offers. */
const takers: ReadonlySet<Command['kind']> = new Set(['place', 'order', 'redeem', 'join']);

interface Read {
  ledgers: LedgerRow[];
  pools: (Pool & { event_id: EventId })[];
  holds: HoldRecord[];
  /** The offers for resale of these events. */
  resales: Resale[];
}

/**
 * Brings the cached lines of the locked events up to date, in one more round trip, or two if places may be offered. An event
 * without a line costs nothing.
 */
export async function loadLines(
  trx: Transaction,
  books: Books,
  submitted: Submitted[],
  read: Read,
  now: Date,
): Promise<(eventId: EventId) => LoadedLine> {
  const joining = new Set(
    submitted.flatMap(({ eventId, command }) => (command.kind === 'join' ? eventId : [])),
  );
  const lined = read.ledgers.flatMap((row) => {
    const book = books.get(row.event_id);
    return book && (row.line > 0 || joining.has(row.event_id)) ? [{ row, book }] : [];
  });
  if (lined.length === 0) return () => noLine;
  const changed = await selectChangedEntries(
    trx,
    lined.map(({ row, book }) => ({ eventId: row.event_id, version: book.line ? book.lineVersion : -1 })),
  );
  const rows = Map.groupBy(changed, (each) => each.event_id);
  const lines = new Map<EventId, Line>();
  for (const { row, book } of lined) {
    const line = catchUp(book, (rows.get(row.event_id) ?? []).map(toEntry));
    line.lastPlace = row.last_place;
    line.dueAt = row.line_due_at;
    book.lineVersion = row.version;
    lines.set(row.event_id, line);
  }
  const places = await readPlaces(trx, lines, submitted, read, now);
  return (eventId) => {
    const line = lines.get(eventId);
    return line ? { line, placesOfWaiting: places.get(eventId) ?? new Map() } : noLine;
  };
}

function catchUp(book: Book, entries: ReturnType<typeof toEntry>[]): Line {
  book.line ??= emptyLine();
  for (const entry of entries) {
    const known = book.line.open.get(entry.id);
    if (known) removeEntry(book.line, known);
    if (entry.status === 'waiting' || entry.status === 'offered') addEntry(book.line, entry);
  }
  return book.line;
}

/** Reads the places of the people whose turn it may be. */
async function readPlaces(
  trx: Transaction,
  lines: Map<EventId, Line>,
  submitted: Submitted[],
  { pools, holds, resales }: Read,
  now: Date,
): Promise<Map<EventId, Map<UserId, number>>> {
  const freeing = new Set<EventId>();
  for (const { eventId, command } of submitted) if (!takers.has(command.kind)) freeing.add(eventId);
  for (const { eventId, status, expiresAt } of holds)
    if (status === 'active' && expiresAt <= now) freeing.add(eventId);
  for (const { event_id, capacity, held, sold, blocked } of pools)
    if (capacity - held - sold - blocked > 0) freeing.add(event_id);
  // A command may end an offer for resale. Then its buyer waits again, and this batch may offer them something else.
  for (const { eventId } of resales) freeing.add(eventId);
  const offers = new Set(resales.map(({ buyerHoldId }) => buyerHoldId));
  const others = holds.filter(({ id, eventId }) => offers.has(id) && lines.has(eventId));
  const asked = [...lines].flatMap(([eventId, { waiting }]) =>
    freeing.has(eventId) ? [...waiting.keys()].map((ticketTypeId) => ({ eventId, ticketTypeId })) : [],
  );
  const byEvent = new Map<EventId, Map<UserId, number>>();
  if (asked.length === 0 && others.length === 0) return byEvent;
  for (const { event_id, buyer_id, places } of await selectPlacesOfWaiting(trx, asked, maxOffers, others)) {
    const ofEvent = byEvent.get(event_id) ?? new Map<UserId, number>();
    byEvent.set(event_id, ofEvent.set(buyer_id, places));
  }
  return byEvent;
}
