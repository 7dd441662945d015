import { Refused } from '../../../contract/errors.ts';
import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Clock } from '../../clock.ts';
import { isDatabaseUnavailable, isOverdue } from '../../data/database-trouble.ts';
import type { Db, Queryable, Writes } from '../../data/db.ts';
import type { Effect } from '../../data/outbox.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { OnPoint } from '../../points.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { Books } from './books.ts';
import type { Facts } from './decide.ts';
import type { Command, Outcome, SoldOrder } from './inventory.ts';
import { runFromDatabase } from './run-from-database.ts';
import { isFresh, runFromMemory } from './run-from-memory.ts';

/**
 * The serial ledger of every event's inventory. Commands that arrive while a batch is being committed
 * gather and become the next batch: one transaction, one lock, one flush for all of them. An idle ledger
 * starts at once; there is no timer.
 */
export interface Ledger {
  /** Decides one command and answers after its commit. Throws Refused('busy' | 'unavailable' | 'not_found'). */
  submit(eventId: EventId, command: Command): Promise<Outcome>;
  /** Takes no more commands, finishes those it has, closes its connections. */
  stop(): Promise<void>;
}

/** A command on its way to its event's ledger. */
export interface Submitted {
  eventId: EventId;
  command: Command;
}

/** Writes of other features that belong to a batch: same transaction, same round trip. */
export type Consequence = (trx: Writes, facts: Facts, sale: EventSale, now: Date) => Effect[];

export interface LedgerOptions {
  /** Connections of the ledger's own: whoever waits for its lock must not hold what it needs to go on. */
  db: Db;
  clock: Clock;
  metrics: Metrics;
  log: Log;
  /** The sale of an event, through the ledger's own connections; null where there is no such event. */
  readSale: (eventId: EventId) => Promise<EventSale | null>;
  /** Locks the orders of these holds and their tickets until the batch commits, and reads them. */
  readSold: (trx: Queryable, holdIds: HoldId[]) => Promise<Map<HoldId, SoldOrder>>;
  consequence: Consequence;
  /** Called after a commit that left something in the outbox. */
  onCommitted: () => void;
  onPoint?: OnPoint | undefined;
  /** Batches that may be in flight at once. Events are spread over the lanes; one event stays in one. */
  lanes?: number;
  /** Commands in one transaction at most. */
  maxBatch?: number;
  /** Commands that may wait in one lane; beyond that the answer is `busy`. */
  maxQueued?: number;
}

interface Entry extends Submitted {
  queuedAtMs: number;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

interface Lane {
  queue: Entry[];
  running: Promise<void> | null;
  books: Books;
}

export function createLedger(options: LedgerOptions): Ledger {
  const { lanes: laneCount = 2, maxBatch = 400, maxQueued = 5000, clock, metrics } = options;
  const lanes: Lane[] = Array.from({ length: laneCount }, () => ({
    queue: [],
    running: null,
    books: new Map(),
  }));
  let stopped = false;

  async function run(lane: Lane): Promise<void> {
    while (lane.queue.length > 0) {
      const entries = lane.queue.splice(0, maxBatch);
      metrics.ledgerQueued.dec(entries.length);
      await settle(options, lane, entries);
    }
    lane.running = null;
  }

  return {
    submit(eventId, command) {
      const lane = lanes[hash(eventId) % laneCount] as Lane;
      if (stopped) return Promise.reject(new Refused('unavailable'));
      if (lane.queue.length >= maxQueued)
        return Promise.reject(new Refused('busy', { retryAfterSeconds: 2 }));
      return new Promise((resolve, reject) => {
        lane.queue.push({ eventId, command, queuedAtMs: clock.monotonicMs(), resolve, reject });
        metrics.ledgerQueued.inc();
        lane.running ??= run(lane);
      });
    },
    async stop() {
      stopped = true;
      await Promise.all(lanes.map((lane) => lane.running));
      await options.db.close();
    },
  };
}

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0;
  return value;
}

/**
 * Runs a batch: from memory what can be, and the rest from the database. Two transactions pay
 * only where the second is small. Never throws.
 */
async function settle(options: LedgerOptions, lane: Lane, entries: Entry[]): Promise<void> {
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
  options: LedgerOptions,
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
    // Where others wait their batch leaves first: PostgreSQL works on it while these answers are written.
    if (lane.queue.length > 0) setImmediate(give);
    else give();
  } catch (error) {
    if (entries.length === 1 || isDatabaseUnavailable(error)) {
      // Of a database that does not answer, those who wait need not each wait as long again.
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

/** Two halves in which each event keeps the order of its commands; events stay whole where there are several. */
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
