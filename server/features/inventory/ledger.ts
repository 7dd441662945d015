import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Traces } from '../../traces.ts';
import type { BatchOptions, Entry, Lane } from './batch.ts';
import type { Command, Outcome } from './inventory.ts';
import { settleBatch } from './settle-batch.ts';

/**
 * The serial ledger of every event's inventory. Commands that arrive while a batch commits become the next batch,
 * with one transaction, one lock and one flush for all of them. An idle ledger starts at once, and there is no timer.
 */
export interface Ledger {
  /** Decides one command and answers after its commit. Throws Refused('busy' | 'unavailable' | 'not_found'). */
  submit(eventId: EventId, command: Command): Promise<Outcome>;
  /** How many commands wait. */
  queued(): number;
  /** Accepts no more commands, finishes the queued ones, and closes its connections. */
  stop(): Promise<void>;
}

interface LedgerOptions extends BatchOptions {
  /** Maximum number of concurrent batches. Each event belongs to one lane, so its commands keep their order. */
  lanes?: number;
  /** Maximum number of commands in one transaction. */
  maxBatch?: number;
  /** Maximum number of queued commands in one lane. Beyond it the answer is `busy`. */
  maxQueued?: number;
}

/** A lane, and whether a batch of it is running. */
interface WorkingLane extends Lane {
  running: Promise<void> | null;
}

export function createLedger(options: LedgerOptions): Ledger {
  const { lanes: laneCount = 2, maxBatch = 400, maxQueued = 5000, clock, metrics } = options;
  const lanes: WorkingLane[] = Array.from({ length: laneCount }, () => ({
    queue: [],
    running: null,
    books: new Map(),
  }));
  let stopped = false;
  const batchOptions: BatchOptions = {
    ...options,
    // If it fails, the sweep tries again, because the line stays due.
    serveAgain: (eventId) => void submit(eventId, { kind: 'expire' }).catch(() => {}),
  };

  async function run(lane: WorkingLane): Promise<void> {
    while (lane.queue.length > 0) {
      const entries = lane.queue.splice(0, maxBatch);
      metrics.ledgerQueued.dec(entries.length);
      if (options.traces) await settleTraced(options.traces, lane, entries);
      else await settleBatch(batchOptions, lane, entries);
    }
    lane.running = null;
  }

  /** A batch belongs to many requests, so it is a trace of its own with a link to each. */
  const settleTraced = (traces: Traces, lane: WorkingLane, entries: Entry[]): Promise<void> => {
    const links = entries.flatMap(({ span }) => span ?? []);
    const attributes = { 'admit.commands': entries.length };
    return traces.span('ledger batch', { parent: 'none', links, attributes }, () =>
      settleBatch(batchOptions, lane, entries),
    );
  };

  const submit: Ledger['submit'] = (eventId, command) => {
    const lane = lanes[hash(eventId) % laneCount] as WorkingLane;
    if (stopped) return Promise.reject(new Refused('unavailable'));
    if (lane.queue.length >= maxQueued) return Promise.reject(new Refused('busy', { retryAfterSeconds: 2 }));
    return new Promise((resolve, reject) => {
      const span = options.traces?.here() ?? null;
      lane.queue.push({ eventId, command, queuedAtMs: clock.monotonicMs(), span, resolve, reject });
      metrics.ledgerQueued.inc();
      lane.running ??= run(lane);
    });
  };

  return {
    submit,
    queued: () => lanes.reduce((sum, { queue }) => sum + queue.length, 0),
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
