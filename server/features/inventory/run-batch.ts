import type { EventId, HoldId, PoolId } from '../../../contract/ids.ts';
import type { Transaction } from '../../db.ts';
import { type Effect, enqueueEffects } from '../../outbox.ts';
import type { EventSale } from '../catalog/event-sale.ts';
import { availabilityEffect } from './availability-effect.ts';
import { decide, type LedgerState } from './decide.ts';
import type { Outcome } from './inventory.ts';
import type { LedgerOptions, Submitted } from './ledger.ts';
import { type EventChanges, lockLedgers, selectHolds, selectPools, selectSeatsSince, writeChanges } from './store.ts';

/** What this process remembers of an event's seats, and up to which ledger version it is true. */
interface SeatBook {
  version: number;
  statuses: Uint8Array;
}
export type SeatBooks = Map<EventId, SeatBook>;

/** How many events' seats one lane remembers; the one used longest ago goes first. */
const maxBooks = 200;

interface Loaded {
  sale: EventSale;
  version: number;
  state: LedgerState;
}

/**
 * One transaction: lock the events' ledgers, read what the commands need, decide, write, commit. Two round
 * trips, however many commands. Answers in the order of `submitted`; undefined for events that don't exist.
 * When it throws, nothing has changed, and the caller forgets the seat books of these events.
 */
export async function runBatch(
  options: LedgerOptions,
  books: SeatBooks,
  submitted: Submitted[],
): Promise<(Outcome | undefined)[]> {
  const byEvent = Map.groupBy(submitted, (each) => each.eventId);
  const sales = await readSales(options, [...byEvent.keys()]);
  if (sales.length === 0) return [];
  const answers = new Map<Submitted, Outcome>();
  const committed: { eventId: EventId; version: number }[] = [];

  await options.db.transaction(async (trx) => {
    const now = options.clock.now();
    const loaded = await load(trx, books, sales, submitted, now);
    const changed: EventChanges[] = [];
    const consequences: (() => Promise<Effect[]>)[] = [];
    const effects: Effect[] = [];
    for (const { sale, state, version } of loaded) {
      const ofEvent = byEvent.get(sale.eventId) ?? [];
      const { outcomes, changes, facts } = decide(sale, state, ofEvent.map((each) => each.command), now);
      for (const [i, each] of ofEvent.entries()) answers.set(each, outcomes[i] as Outcome);
      if (changes.placed.size + changes.changed.size === 0) continue;
      changed.push({ eventId: sale.eventId, version: version + 1, changes });
      committed.push({ eventId: sale.eventId, version: version + 1 });
      effects.push(availabilityEffect(sale, state, changes, version));
      consequences.push(() => options.consequence(trx, facts, sale, now));
    }
    if (changed.length === 0) return;
    // Holds are written before the orders that point at them; none of it waits for an answer.
    writeChanges(trx, changed, now);
    const caused = await Promise.all(consequences.map((cause) => cause()));
    enqueueEffects(trx, [...effects, ...caused.flat()], now);
  });

  for (const { eventId, version } of committed) {
    const book = books.get(eventId);
    if (book) book.version = version;
  }
  if (committed.length > 0) options.onCommitted();
  return submitted.map((each) => answers.get(each));
}

async function readSales(options: LedgerOptions, eventIds: EventId[]): Promise<EventSale[]> {
  const sales = await Promise.all(eventIds.map(options.readSale));
  return sales.filter((sale) => sale !== null);
}

/** Locks, then reads: five statements in one round trip. Only what was read after the lock is decided on. */
async function load(
  trx: Transaction,
  books: SeatBooks,
  sales: EventSale[],
  submitted: Submitted[],
  now: Date,
): Promise<Loaded[]> {
  const eventIds = sales.map((sale) => sale.eventId);
  const known = new Set(eventIds);
  const commands = submitted.filter((each) => known.has(each.eventId));
  const placing = commands.filter(({ command }) => command.kind === 'place');
  const seated = sales.filter((sale) => sale.seats !== null).map((sale) => sale.eventId);
  const [ledgers, pools, holds, seats] = await Promise.all([
    lockLedgers(trx, eventIds),
    selectPools(trx, eventIds),
    selectHolds(trx, {
      eventIds,
      now,
      holdIds: commands.flatMap(({ command }) => ('holdId' in command && command.kind !== 'place' ? [command.holdId] : [])),
      buyerEvents: placing.map((each) => each.eventId),
      buyerIds: placing.map(({ command }) => (command.kind === 'place' ? command.buyerId : ('' as never))),
      keys: placing.flatMap(({ command }) => (command.kind === 'place' && command.retry ? [command.retry.key] : [])),
    }),
    seated.length === 0
      ? []
      : selectSeatsSince(trx, seated, seated.map((eventId) => books.get(eventId)?.version ?? -1)),
  ]);
  const versions = new Map(ledgers.map((row) => [row.event_id, row.version]));
  const poolsByEvent = Map.groupBy(pools, (row) => row.event_id);
  const holdsByEvent = Map.groupBy(holds, (hold) => hold.eventId);
  const seatsByEvent = Map.groupBy(seats, (row) => row.event_id);

  return sales.map((sale) => {
    const { eventId } = sale;
    const version = versions.get(eventId);
    if (version === undefined) throw new Error(`the event ${eventId} has no ledger`);
    const ofEvent = new Map((holdsByEvent.get(eventId) ?? []).map((hold): [HoldId, typeof hold] => [hold.id, hold]));
    const state: LedgerState = {
      pools: new Map((poolsByEvent.get(eventId) ?? []).map((pool): [PoolId, typeof pool] => [pool.id, pool])),
      seats: sale.seats ? openBook(books, sale, version, seatsByEvent.get(eventId) ?? []) : null,
      holds: ofEvent,
      byBuyer: Map.groupBy(ofEvent.values(), (hold) => hold.buyerId),
    };
    return { sale, version, state };
  });
}

/** The event's seats as of `version`: what this process remembered, brought up to date with what it missed. */
function openBook(books: SeatBooks, sale: EventSale, version: number, missed: { index: number; status: number }[]): Uint8Array {
  const seatCount = sale.seats?.seatCount ?? 0;
  const book = books.get(sale.eventId) ?? { version, statuses: new Uint8Array(seatCount) };
  for (const { index, status } of missed) book.statuses[index] = status;
  book.version = version;
  // Put back last, so that the map's order says which was used longest ago.
  books.delete(sale.eventId);
  books.set(sale.eventId, book);
  const oldest = books.keys().next();
  if (books.size > maxBooks && !oldest.done) books.delete(oldest.value);
  return book.statuses;
}
