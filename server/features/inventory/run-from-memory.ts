import { type Line, statementsOf } from '../../db.ts';
import { type Effect, enqueueEffects } from '../../outbox.ts';
import { availabilityEffect } from './availability-effect.ts';
import type { Book, Books } from './books.ts';
import {
  areUnmoved,
  type EventChanges,
  ledgerMoved,
  moveLedgers,
  type Step,
  writeChanges,
} from './changes-store.ts';
import { decide, type Facts, type LedgerState } from './decide.ts';
import type { Outcome } from './inventory.ts';
import type { LedgerOptions, Submitted } from './ledger.ts';
import { keepUp, spoil } from './memory.ts';

/**
 * True for what can be decided from memory: a hold for a buyer of whom nothing is known, or without a key, and
 * whatever becomes of an active hold that is remembered. A retry must find what it made the first time, and
 * that is in the database; so is all about holds that have ended.
 */
export function isFresh(books: Books, { eventId, command }: Submitted, now: Date): boolean {
  const memory = books.get(eventId)?.memory;
  if (!memory || now.getTime() >= memory.nextExpiryMs || command.kind === 'expire') return false;
  if (command.kind !== 'place') return memory.holds.has(command.holdId);
  return command.retry === null || !memory.places.has(command.buyerId);
}

/**
 * Decides commands from memory and writes what they change in one round trip, whose first statement fails unless
 * the ledgers are where this process left them. Answers in the order of `submitted`; null where that was not so, or
 * where a buyer's key turns out to have been used before: then nothing has changed, the events' books are spoilt,
 * and the batch must be run from the database. What is decided is believed, and sent along `line`, before anything
 * is waited for: another batch may follow at once, and fails where this one has.
 */
export async function runFromMemory(
  options: LedgerOptions,
  { books, line }: { books: Books; line: Line },
  submitted: Submitted[],
  // The instant for which they were found fresh: read again, a hold might have run out in between.
  now: Date,
): Promise<Outcome[] | null> {
  const answers = new Map<Submitted, Outcome>();
  const steps: Step[] = [];
  const changed: Changed[] = [];
  const believed: Book[] = [];
  const batch = options.newId('batch');
  for (const [eventId, ofEvent] of Map.groupBy(submitted, (each) => each.eventId)) {
    const book = books.get(eventId) as Book;
    believed.push(book);
    const state = stateOf(book, ofEvent);
    const { outcomes, changes, facts } = decide(
      book.sale,
      state,
      ofEvent.map((each) => each.command),
      now,
    );
    for (const [i, each] of ofEvent.entries()) answers.set(each, outcomes[i] as Outcome);
    const { version, batch: before, moves } = book;
    const moved = changes.placed.size + changes.changed.size > 0;
    const next = moved ? { version: version + 1, batch } : { version, batch: before };
    steps.push({ eventId, batch: before, saleVersion: book.sale.version, moves, next });
    if (!moved) continue;
    const effect = availabilityEffect(book.sale, state, changes, version);
    changed.push({ eventId, version: next.version, changes, book, facts, effect });
    Object.assign(book, next);
    keepUp(book, changes);
  }
  if (await commit(options, line, steps, changed, now)) {
    return submitted.map((each) => answers.get(each) as Outcome);
  }
  for (const book of believed) spoil(books, book);
  return null;
}

type Changed = EventChanges & { book: Book; facts: Facts; effect: Effect };

function stateOf(book: Book, submitted: Submitted[]): LedgerState {
  const { pools, places, holds } = book.memory as NonNullable<Book['memory']>;
  const named = submitted.flatMap(({ command }) =>
    'holdId' in command ? (holds.get(command.holdId) ?? []) : [],
  );
  return {
    pools,
    seats: book.seats,
    holds: new Map(named.map((hold) => [hold.id, hold])),
    byBuyer: new Map(),
    placesBefore: places,
  };
}

/** False where the memory was wrong. */
async function commit(
  options: LedgerOptions,
  line: Line,
  steps: Step[],
  changed: Changed[],
  now: Date,
): Promise<boolean> {
  const { onPoint, consequence } = options;
  // Refusals write nothing, but they too must be true now.
  if (changed.length === 0) return areUnmoved(line, steps);
  const statements = statementsOf((trx) => {
    moveLedgers(trx, steps);
    writeChanges(trx, changed, now);
    const caused = changed.flatMap(({ facts, book }) => consequence(trx, facts, book.sale, now));
    enqueueEffects(trx, [...changed.map(({ effect }) => effect), ...caused], now);
  });
  if (onPoint) await onPoint('decided');
  try {
    const written = line.write(statements);
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
