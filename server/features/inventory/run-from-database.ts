import type { EventId, HoldId, PoolId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { type Effect, enqueueEffects } from '../../data/outbox.ts';
import { availabilityEffect } from './availability-effect.ts';
import type { BatchOptions, Submitted } from './batch.ts';
import { type Book, type Books, catchUpSeats, refreshSales } from './books.ts';
import { setVersions, writeChanges } from './changes-store.ts';
import { ownersOf } from './clocks.ts';
import { decide } from './decide.ts';
import { loadGiftCards } from './gift-payment.ts';
import type { HoldRecord, Outcome, Pool, SoldOrder } from './inventory.ts';
import { offerIdOf } from './line.ts';
import { loadLines } from './load-lines.ts';
import { addLaterOffers, addOthers, holdsElsewhere } from './load-more.ts';
import { loadVouchers } from './load-vouchers.ts';
import { marksIn, selectClocks, selectMarked } from './marks-store.ts';
import { keepUp, noteForeign, remember } from './memory.ts';
import { readUnpaid } from './pay-later.ts';
import { type Changes, type EventChanges, type LedgerState, undo } from './state.ts';
import { lockLedgers, selectHolds, selectPools, selectSeatsSince } from './store.ts';
import { tradeInOf } from './trade-in.ts';

interface Loaded {
  book: Book;
  /** The ledger's version before this batch. */
  version: number;
  state: LedgerState;
}

/**
 * Runs a batch in one transaction: lock the events' ledgers, read what the commands need, decide, write, commit. It
 * takes two round trips for any number of commands. It answers in the order of `submitted`, with undefined for events
 * that don't exist. If it throws, nothing has changed.
 */
export async function runFromDatabase(
  options: BatchOptions,
  books: Books,
  submitted: Submitted[],
): Promise<(Outcome | undefined)[]> {
  const byEvent = Map.groupBy(submitted, (each) => each.eventId);
  const answers = new Map<Submitted, Outcome>();
  let committed: (Loaded & { changes: Changes; moreOffers: boolean })[] = [];
  const undoAll = () => {
    for (const { state, changes } of committed) undo(state, changes);
    // Decisions change lines in place, so they are read again.
    for (const eventId of byEvent.keys()) forgetLine(books.get(eventId));
    committed = [];
  };

  let attempts = 0;
  const work = async (trx: Transaction) => {
    // A retry after a deadlock starts here again. The first attempt keeps the cached lines.
    if (attempts++ > 0) undoAll();
    const now = options.clock.now();
    const changed: EventChanges[] = [];
    const consequences: (() => Effect[])[] = [];
    const effects: Effect[] = [];
    for (const loaded of await load(options, trx, books, submitted, now)) {
      const { state, version } = loaded;
      const { sale } = loaded.book;
      const ofEvent = byEvent.get(sale.eventId) ?? [];
      const dueBefore = state.line?.dueAt?.getTime();
      const { outcomes, changes, facts, moreOffers } = decide(
        sale,
        state,
        ofEvent.map((each) => each.command),
        now,
      );
      for (const [i, each] of ofEvent.entries()) answers.set(each, outcomes[i] as Outcome);
      if (moreOffers && state.line) state.line.dueAt = now;
      const isDueElsewhen = state.line?.dueAt?.getTime() !== dueBefore;
      if (!hasChanged(changes) && !isDueElsewhen) continue;
      committed.push({ ...loaded, changes, moreOffers });
      changed.push({ eventId: sale.eventId, version: version + 1, changes, line: state.line });
      effects.push(availabilityEffect(sale, state, changes, version));
      consequences.push(() => options.consequence(trx, facts, sale, now));
    }
    if (changed.length === 0) return;
    if (options.onPoint) await options.onPoint('decided');
    // Holds are written before the orders that reference them. None of these writes waits for an answer.
    setVersions(trx, changed);
    writeChanges(trx, changed, now);
    const caused = consequences.flatMap((cause) => cause());
    enqueueEffects(trx, [...effects, ...caused], now);
    if (options.onPoint) await options.onPoint('written');
  };
  await options.db.transaction(work).catch((error) => {
    undoAll();
    throw error;
  });
  if (options.onPoint && committed.length > 0) await options.onPoint('committed');

  for (const { book, version, changes, state, moreOffers } of committed) {
    book.version = version + 1;
    book.lineVersion = book.version;
    book.inLine = state.line?.open.size ?? 0;
    if (book.inLine > 0) book.memory = null;
    // The next batch reads when the first of them ends.
    if (changes.vouchers.size > 0) book.codesEndAtMs = 0;
    keepUp(book, changes);
    if (moreOffers) options.serveAgain?.(book.sale.eventId);
  }
  if (committed.length > 0) options.onCommitted();
  return submitted.map((each) => answers.get(each));
}

function forgetLine(book: Book | undefined): void {
  if (book) book.line = null;
}

/** False if a batch has only refused, or kept the same places for the line as before. */
function hasChanged({ placed, changed, entries, resales, pools, vouchers }: Changes): boolean {
  if (placed.size + changed.size + entries.size + resales.size + vouchers.size > 0) return true;
  for (const [pool, before] of pools) if (pool.kept !== before.kept) return true;
  return false;
}

/** Locks, then reads, in one round trip. The decision uses only what was read after the lock. */
async function load(
  options: BatchOptions,
  trx: Transaction,
  books: Books,
  submitted: Submitted[],
  now: Date,
): Promise<Loaded[]> {
  const eventIds = [...new Set(submitted.map((each) => each.eventId))];
  const placing = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'place' ? [{ eventId, ...command }] : [],
  );
  // These commands depend on all holds and clocks of their buyers.
  const taking = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'place' || command.kind === 'exchange' || command.kind === 'join'
      ? [{ eventId, ...command }]
      : [],
  );
  const retried = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'swap' || command.kind === 'block' || command.kind === 'issue'
      ? [{ eventId, ...command }]
      : [],
  );
  // The buyer must have tickets enough for the extras, in this hold or in others that are bought.
  const withExtras = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'order' && command.hasExtras ? [{ eventId, ...command }] : [],
  );
  const cancelling = submitted.flatMap(({ command }) =>
    command.kind === 'cancel' ||
    command.kind === 'refund' ||
    command.kind === 'swap' ||
    command.kind === 'resell' ||
    command.kind === 'free-owed'
      ? [command.holdId]
      : [],
  );
  const seated = eventIds.filter((eventId) => books.get(eventId)?.seats);
  const [ledgers, pools, found, seats, marks, clocks, soldFirst, unpaid] = await Promise.all([
    lockLedgers(trx, eventIds),
    selectPools(trx, eventIds),
    selectHolds(trx, {
      eventIds,
      now,
      holdIds: submitted.flatMap(({ command }) => {
        if (command.kind === 'issue' && command.ofPass) return [command.holdId, command.ofPass.keptBy];
        if (command.kind === 'issue') return command.blockHoldId ?? [];
        if (command.kind === 'leave') return [offerIdOf({ id: command.entryId, holdId: null })];
        return 'holdId' in command && command.kind !== 'place' ? [command.holdId] : [];
      }),
      buyerEvents: [...taking, ...retried, ...withExtras].map((each) => each.eventId),
      buyerIds: [...taking, ...retried, ...withExtras].map((each) => each.buyerId),
      keys: [...placing, ...retried].flatMap((each) => each.retry?.key ?? []),
    }),
    seated.length === 0
      ? []
      : selectSeatsSince(
          trx,
          seated,
          seated.map((eventId) => books.get(eventId)?.version ?? -1),
        ),
    selectMarked(trx, eventIds, marksIn(submitted)),
    selectClocks(trx, eventIds, [...new Set(taking.flatMap(ownersOf))], now),
    cancelling.length === 0 ? new Map<HoldId, SoldOrder>() : options.readSold(trx, [...new Set(cancelling)]),
    readUnpaid(trx, submitted, now),
  ]);
  const { holds, sold, resales } = await addOthers(
    options,
    trx,
    { holds: found, sold: soldFirst },
    submitted,
    ledgers,
  );
  catchUpSeats(books, seats);
  const opened = await refreshSales(options, trx, books, ledgers);
  const poolsByEvent = Map.groupBy(pools, (row) => row.event_id);
  const marksByEvent = Map.groupBy(marks, (row) => row.event_id);

  const poolsOf = (eventId: EventId) =>
    new Map((poolsByEvent.get(eventId) ?? []).map((pool): [PoolId, typeof pool] => [pool.id, pool]));
  for (const { event_id, version, moves, line, codes_end_at } of ledgers) {
    const book = opened.get(event_id);
    if (!book) continue;
    if (book.version > 0 && book.version !== version) noteForeign(book);
    if (book.moves !== moves) {
      book.memory = null;
      book.line = null;
    }
    if (line > 0) book.memory = null;
    book.inLine = line;
    book.codesEndAtMs = codes_end_at?.getTime() ?? Number.POSITIVE_INFINITY;
    book.version = version;
    book.moves = moves;
  }
  await remember(trx, opened, { poolsOf, now, mostlyHolds: placing.length * 2 > submitted.length });

  const lineOf = await loadLines(trx, opened, submitted, { ledgers, pools, holds, resales }, now);
  const all = await addLaterOffers(options, trx, holds, submitted, lineOf);
  const vouchersOfEvent = await loadVouchers(trx, opened, { submitted, holds: all, ledgers, now });
  const giftCards = await loadGiftCards(trx, submitted, all);
  const holdsByEvent = Map.groupBy(all, (hold) => hold.eventId);
  const resalesByEvent = Map.groupBy(resales, (resale) => resale.eventId);
  const trades =
    all.some((hold) => tradeInOf(hold)) || submitted.some(({ command }) => command.kind === 'swap');

  return ledgers.flatMap(({ event_id: eventId, version }) => {
    const book = opened.get(eventId);
    if (!book) return [];
    // Two reads may have found the same hold. A decision must see one of them only.
    const own = byId(holdsByEvent.get(eventId) ?? []);
    const ofEvent = trades ? new Map([...own, ...byId(holdsElsewhere(eventId, own, all, submitted))]) : own;
    const ofResale = resalesByEvent.get(eventId);
    const known = vouchersOfEvent(eventId);
    const pools = book.memory?.pools ?? poolsOf(eventId);
    const state: LedgerState = {
      // The cache keeps no vouchers.
      pools: known.vouchers
        ? new Map([
            ...pools,
            ...[...known.vouchers.byPool].map(([id, { pool }]): [PoolId, Pool] => [id, pool]),
          ])
        : pools,
      seats: book.seats,
      holds: ofEvent,
      byBuyer: Map.groupBy(own.values(), (hold) => hold.buyerId),
      marked: new Map((marksByEvent.get(eventId) ?? []).map((row) => [row.mark, row.places])),
      clocks: clocks.get(eventId) ?? new Map(),
      sold,
      ...lineOf(eventId),
      ...known,
      ...(unpaid.has(eventId) && { unpaid: unpaid.get(eventId) ?? [] }),
      ...(giftCards && { giftCards }),
      ...(ofResale && { resales: new Map(ofResale.map((resale) => [resale.id, resale])) }),
    };
    return [{ book, version, state }];
  });
}

const byId = (holds: HoldRecord[]): Map<HoldId, HoldRecord> => new Map(holds.map((hold) => [hold.id, hold]));
