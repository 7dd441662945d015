import { Refused } from '../../../contract/errors.ts';
import { constraintOf, isDatabaseUnavailable, isOverdue } from '../../data/database-trouble.ts';
import type { BatchOptions, Entry, Lane } from './batch.ts';
import type { Outcome } from './inventory.ts';
import { runFromDatabase } from './run-from-database.ts';
import { isFresh, runFromMemory } from './run-from-memory.ts';

/**
 * Runs a batch and answers everyone in it. Commands that the cache can decide run without reading first, and the
 * others run from the database. If many need the database, all run there, because a second transaction would cost
 * more than it saves. Never throws.
 */
export async function settleBatch(options: BatchOptions, lane: Lane, entries: Entry[]): Promise<void> {
  const { metrics, clock } = options;
  const { books } = lane;
  const startedMs = clock.monotonicMs();
  metrics.ledgerBatchSize.observe(entries.length);
  metrics.ledgerQueueSeconds.observe((startedMs - (entries[0]?.queuedAtMs ?? startedMs)) / 1000);
  const now = clock.now();
  const [others, fresh] = partition(entries, (entry) => isFresh(books, entry, now));
  if (fresh.length >= entries.length * 0.8) {
    await answer(options, lane, fresh, async () => {
      return (await runFromMemory(options, books, fresh, now)) ?? runFromDatabase(options, books, fresh);
    });
    if (others.length > 0) await answer(options, lane, others, () => runFromDatabase(options, books, others));
  } else {
    await answer(options, lane, entries, () => runFromDatabase(options, books, entries));
  }
  metrics.ledgerCommitSeconds.observe((clock.monotonicMs() - startedMs) / 1000);
}

/** Runs one transaction and answers everyone in it. */
async function answer(
  options: BatchOptions,
  lane: Lane,
  entries: Entry[],
  run: () => Promise<(Outcome | undefined)[]>,
): Promise<void> {
  try {
    const outcomes = await run();
    const give = () => {
      for (const [i, entry] of entries.entries()) {
        const outcome = outcomes[i];
        if (outcome) entry.resolve(outcome);
        else entry.reject(new Refused('not_found'));
      }
    };
    // If more commands are waiting, their batch starts first: PostgreSQL works on it while these answers are written.
    if (lane.queue.length > 0) setImmediate(give);
    else give();
  } catch (error) {
    if (entries.length === 1 || isDatabaseUnavailable(error)) {
      const constraint = constraintOf(error);
      if (constraint) options.metrics.ledgerGuard.inc({ constraint });
      // If the database does not answer, the queued commands fail at once instead of each waiting as long again.
      const waiting = isOverdue(error) ? lane.queue.splice(0) : [];
      options.metrics.ledgerQueued.dec(waiting.length);
      for (const entry of [...entries, ...waiting]) entry.reject(error);
      return;
    }
    // One command must not take down its neighbours. Halves are tried, and the half that fails is halved again: one command
    // of 400 that can't be written costs 18 transactions more, and not 400.
    options.log.error(
      { err: error, commands: entries.length },
      'a ledger batch failed; its halves are tried',
    );
    for (const half of halves(entries))
      await answer(options, lane, half, () => runFromDatabase(options, lane.books, half));
  }
}

/**
 * Splits a batch into two halves. Each event keeps the order of its commands, and if there are several events, none
 * is split.
 */
function halves(entries: Entry[]): [Entry[], Entry[]] {
  const ofEvents = [...Map.groupBy(entries, (entry) => entry.eventId).values()];
  const half = Math.ceil(ofEvents.length / 2);
  if (ofEvents.length > 1) return [ofEvents.slice(0, half).flat(), ofEvents.slice(half).flat()];
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)];
}

function partition<T>(items: T[], isSecond: (item: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const item of items) parts[isSecond(item) ? 1 : 0].push(item);
  return parts;
}
