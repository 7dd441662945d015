import { type Effect, enqueueEffects } from '../../outbox.ts';
import { availabilityEffect } from './availability-effect.ts';
import type { Book, Books } from './books.ts';
import {
  areUnmoved,
  type Belief,
  type EventChanges,
  ledgerMoved,
  moveLedgers,
  writeChanges,
} from './changes-store.ts';
import { decide, type LedgerState } from './decide.ts';
import type { Outcome } from './inventory.ts';
import type { LedgerOptions, Submitted } from './ledger.ts';
import { keepUp, spoil } from './memory.ts';

/**
 * True for what can be decided from memory: a hold for a buyer of whom nothing is known, or without a key. A
 * retry must find what it made the first time, and that is in the database.
 */
export function isFresh(books: Books, { eventId, command }: Submitted, now: Date): boolean {
  const memory = books.get(eventId)?.memory;
  if (!memory || command.kind !== 'place' || now.getTime() >= memory.nextExpiryMs) return false;
  return command.retry === null || !memory.places.has(command.buyerId);
}

/**
 * Decides new holds from memory and writes them in one round trip, whose first statement fails unless the
 * ledgers are where this process left them. Answers in the order of `submitted`; null where that was not so,
 * or where a buyer's key turns out to have been used before: then nothing has changed, the
 * events' books are spoilt, and the batch must be run from the database.
 */
export async function runFromMemory(
  options: LedgerOptions,
  books: Books,
  submitted: Submitted[],
  // The instant for which they were found fresh: read again, a hold might have run out in between.
  now: Date,
): Promise<Outcome[] | null> {
  const answers = new Map<Submitted, Outcome>();
  const changed: (EventChanges & { book: Book })[] = [];
  const moves: (Belief & { next: number })[] = [];
  const effects: Effect[] = [];
  for (const [eventId, ofEvent] of Map.groupBy(submitted, (each) => each.eventId)) {
    const book = books.get(eventId) as Book;
    const state = stateOf(book);
    const { outcomes, changes } = decide(
      book.sale,
      state,
      ofEvent.map((each) => each.command),
      now,
    );
    for (const [i, each] of ofEvent.entries()) answers.set(each, outcomes[i] as Outcome);
    const next = book.version + (changes.placed.size > 0 ? 1 : 0);
    moves.push({ eventId, version: book.version, saleVersion: book.sale.version, moves: book.moves, next });
    if (changes.placed.size === 0) continue;
    changed.push({ eventId, version: next, changes, book });
    effects.push(availabilityEffect(book.sale, state, changes, book.version));
  }
  if (!(await commit(options, moves, changed, effects, now))) {
    for (const { eventId } of moves) spoil(books.get(eventId) as Book);
    return null;
  }
  for (const { book, version, changes } of changed) {
    book.version = version;
    keepUp(book, changes);
  }
  return submitted.map((each) => answers.get(each) as Outcome);
}

function stateOf(book: Book): LedgerState {
  const { pools, places } = book.memory as NonNullable<Book['memory']>;
  return { pools, seats: book.seats, holds: new Map(), byBuyer: new Map(), placesBefore: places };
}

/** False where the memory was wrong. */
async function commit(
  options: LedgerOptions,
  moves: (Belief & { next: number })[],
  changed: EventChanges[],
  effects: Effect[],
  now: Date,
): Promise<boolean> {
  const { db, onPoint } = options;
  // Refusals write nothing, but they too must be true now.
  if (changed.length === 0) return areUnmoved(db, moves);
  if (onPoint) await onPoint('decided');
  try {
    const written = db.writeAll((trx) => {
      moveLedgers(trx, moves);
      writeChanges(trx, changed, now);
      enqueueEffects(trx, effects, now);
    });
    if (onPoint) await onPoint('written');
    await written;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === ledgerMoved || code === uniqueViolation) return false;
    throw error;
  }
  if (onPoint) await onPoint('committed');
  options.onCommitted();
  return true;
}

/** Of holds_of_buyer: this buyer has used this key for this event before. */
const uniqueViolation = '23505';
