import { type Effect, enqueueEffects } from '../../data/outbox.ts';
import { availabilityEffect } from './availability-effect.ts';
import type { BatchOptions, Submitted } from './batch.ts';
import { isOfTeam } from './block.ts';
import type { Book, Books } from './books.ts';
import { areUnmoved, ledgerMoved, moveLedgers, type Step, writeChanges } from './changes-store.ts';
import { decide } from './decide.ts';
import type { Outcome } from './inventory.ts';
import { isPromoCode } from './load-vouchers.ts';
import { keepUp, noteForeign } from './memory.ts';
import { isOfResale } from './resale.ts';
import { type Changes, type EventChanges, type Facts, type LedgerState, undo } from './state.ts';
import { isOfVouchers } from './voucher.ts';

/**
 * True for commands that can be decided from the cache: a hold for a buyer without earlier holds, and a change of a
 * cached active hold that takes no other places. A retry must find its first result, which is in the database. Ended
 * holds and the clocks that they leave are only in the database too.
 */
export function isFresh(books: Books, { eventId, command }: Submitted, now: Date): boolean {
  const book = books.get(eventId);
  const memory = book?.memory;
  // While people wait, each batch may have to offer places.
  if (!memory || book.inLine > 0 || now.getTime() >= memory.nextExpiryMs || command.kind === 'expire')
    return false;
  if (command.kind === 'cancel' || command.kind === 'refund') return false;
  if (command.kind === 'join' || command.kind === 'leave' || isOfResale(command)) return false;
  if (isOfTeam(command) || command.kind === 'issue' || command.kind === 'keep' || isOfVouchers(command))
    return false;
  // Vouchers are only in the database.
  if (now.getTime() >= book.codesEndAtMs) return false;
  if (command.kind === 'redeem' && command.code !== null && !isPromoCode(books, eventId, command.code))
    return false;
  if (command.kind === 'exchange' || command.kind === 'swap' || command.kind === 'close') return false;
  if (command.kind === 'order' && (command.hasExtras || command.order.later || command.giftCards))
    return false;
  if (command.kind !== 'place') return memory.holds.has(command.holdId);
  if (command.code !== undefined || memory.places.has(command.buyerId)) return false;
  const { network, wants } = command;
  const rests = network !== null && (memory.restingUntilMs.get(network) ?? 0) > now.getTime();
  return wants.kind === 'items' || !rests;
}

/**
 * Decides commands from the cache and writes their changes in one round trip. The first statement fails unless the
 * ledgers still have the cached versions. It answers in the order of `submitted`. It returns null if a ledger has
 * changed, or if a buyer's key was used before. Then nothing has changed in the database, the events' books are
 * dropped, and the caller must run the batch from the database.
 */
export async function runFromMemory(
  options: BatchOptions,
  books: Books,
  submitted: Submitted[],
  // The instant for which isFresh answered. With a later one, a hold might have expired in between.
  now: Date,
): Promise<Outcome[] | null> {
  const answers = new Map<Submitted, Outcome>();
  const changed: Changed[] = [];
  const steps: Step[] = [];
  const effects: Effect[] = [];
  const undone: [LedgerState, Changes][] = [];
  // Restores the cache to the state of the database, whatever made the write fail.
  const undoAll = () => {
    for (const [state, changes] of undone) undo(state, changes);
  };
  const decideOf = (book: Book, state: LedgerState, ofEvent: Submitted[]) => {
    try {
      return decide(
        book.sale,
        state,
        ofEvent.map((each) => each.command),
        now,
      );
    } catch (error) {
      // Undoes the events before this one.
      undoAll();
      throw error;
    }
  };
  for (const [eventId, ofEvent] of Map.groupBy(submitted, (each) => each.eventId)) {
    const book = books.get(eventId) as Book;
    const state = stateOf(book, ofEvent);
    const { outcomes, changes, facts } = decideOf(book, state, ofEvent);
    for (const [i, each] of ofEvent.entries()) answers.set(each, outcomes[i] as Outcome);
    const moved = changes.placed.size + changes.changed.size > 0;
    const next = book.version + (moved ? 1 : 0);
    steps.push({ eventId, version: book.version, saleVersion: book.sale.version, moves: book.moves, next });
    if (!moved) continue;
    undone.push([state, changes]);
    changed.push({ eventId, version: next, changes, book, facts });
    effects.push(availabilityEffect(book.sale, state, changes, book.version));
  }
  const written = await commit(options, steps, changed, effects, now).catch((error) => {
    undoAll();
    throw error;
  });
  if (!written) {
    undoAll();
    for (const { eventId } of steps) noteForeign(books.get(eventId) as Book);
    return null;
  }
  for (const { book, version, changes } of changed) {
    book.version = version;
    keepUp(book, changes);
  }
  return submitted.map((each) => answers.get(each) as Outcome);
}

type Changed = EventChanges & { book: Book; facts: Facts };

function stateOf(book: Book, submitted: Submitted[]): LedgerState {
  const { pools, places, holds, marked } = book.memory as NonNullable<Book['memory']>;
  const named = submitted.flatMap(({ command }) =>
    'holdId' in command ? (holds.get(command.holdId) ?? []) : [],
  );
  // Copies, because the cache takes over a decision only after it is written.
  return {
    pools,
    seats: book.seats,
    holds: new Map(named.map((hold) => [hold.id, { ...hold }])),
    byBuyer: new Map(),
    placesBefore: places,
    marked,
    clocks: new Map(),
    // Cancellations of bought orders run from the database.
    sold: new Map(),
    line: null,
  };
}

/** False if the cache was stale. */
async function commit(
  options: BatchOptions,
  steps: Step[],
  changed: Changed[],
  effects: Effect[],
  now: Date,
): Promise<boolean> {
  const { db, onPoint, consequence } = options;
  // Refusals write nothing, but they must be based on current data too.
  if (changed.length === 0) return areUnmoved(db, steps);
  if (onPoint) await onPoint('decided');
  try {
    const written = db.writeAll((trx) => {
      moveLedgers(trx, steps);
      writeChanges(trx, changed, now);
      const caused = changed.flatMap(({ facts, book }) => consequence(trx, facts, book.sale, now));
      enqueueEffects(trx, [...effects, ...caused], now);
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

/** Violation of holds_of_buyer: this buyer has used this key for this event before. */
const uniqueViolation = '23505';
