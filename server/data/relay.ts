import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { OnPoint } from '../points.ts';
import type { Sink } from './bus.ts';
import type { Db } from './db.ts';
import { readProgress, releaseLeases } from './outbox.ts';
import { createOutboxWatch, type OutboxState } from './outbox-watch.ts';
import { createSinkRunner, type SinkRunner } from './sink-runner.ts';

export interface Relay {
  /** Tells this process's sink from now on (`process`), or lets this process deliver for it (`shared`). */
  addSink(sink: Sink): Promise<void>;
  /** Says that there may be messages. They are found without it too, within a second. */
  wake(): void;
  /** Tells every sink of this process all that has been committed, then returns. */
  drain(): Promise<void>;
  /** How far each sink was behind at the last measurement, which is a few seconds old. */
  state(): OutboxState;
  /** Measures now. */
  measure(): Promise<OutboxState>;
  stop(): Promise<void>;
}

export interface RelayOptions {
  db: Db;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Where the messages come from: the CloudEvents' `source`. */
  source: string;
  onPoint?: OnPoint | undefined;
  /** How long messages may lie that nobody woke the relay for. */
  pollMs?: number;
  /** The pause before a look: answers go out first, and what commits meanwhile costs no look of its own. */
  restMs?: number;
  /** Wait before the second try of a message that a sink has refused; each further one is twice as long. */
  retryMs?: number;
}

const pollMs = 1000;
const restMs = 20;
const mostRestMs = 250;
const measureEveryMs = 10_000;

/**
 * Reads what is committed and tells it to the sinks of this process. No transaction is open while a sink works, and
 * each sink has a cursor and a loop of its own: one that is slow or fails delays only itself.
 */
export function startRelay(options: RelayOptions): Relay {
  const { db, log } = options;
  const rest = options.restMs ?? restMs;
  const holder = crypto.randomUUID();
  const runners: SinkRunner[] = [];
  const horizon = createHorizon(db);
  const watch = createOutboxWatch({
    ...options,
    positions: () => runners.flatMap((each) => each.own() ?? []),
  });
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  async function lookUntilFinal(): Promise<void> {
    let pauseMs = rest;
    while (again && !stopped) {
      await pause(pauseMs);
      again = false;
      try {
        await horizon.look();
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be read; the relay tries again in a second');
        return;
      }
      for (const runner of runners) runner.run(horizon.final());
      // Somebody is writing right now. They are done in a moment, unless their transaction was left open.
      if (horizon.isWaiting()) {
        pauseMs = Math.min(pauseMs * 2, mostRestMs);
        again = true;
      } else pauseMs = rest;
    }
  }

  function wake(): void {
    again = true;
    if (stopped || running) return;
    running = lookUntilFinal().finally(() => {
      running = null;
    });
  }

  const timers = [
    setInterval(wake, options.pollMs ?? pollMs),
    setInterval(() => void watch.measure().catch(() => {}), measureEveryMs),
  ];
  for (const timer of timers) timer.unref();
  return {
    async addSink(sink) {
      const runner = createSinkRunner({ ...options, holder }, sink);
      await runner.begin();
      runners.push(runner);
    },
    wake,
    async drain() {
      const { lastId } = await readProgress(db);
      for (;;) {
        await horizon.look();
        for (const runner of runners) runner.run(horizon.final(), true);
        await Promise.all(runners.map((runner) => runner.rest()));
        if (stopped || horizon.final() >= lastId) return;
        await pause(10);
      }
    },
    state: watch.state,
    measure: watch.measure,
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await running;
      await Promise.all(runners.map((runner) => runner.stop()));
      await releaseLeases(db, holder).catch(() => {});
    },
  };
}

/**
 * Finds out up to which message the outbox is final. A number is given to a message before its transaction commits, so
 * a smaller number may become visible after a larger one. A cursor that had moved past it would lose it. So what is
 * visible counts as final only once every transaction that was writing at that moment has ended.
 */
function createHorizon(db: Db) {
  let final = 0;
  let waiting: { upTo: number; writers: Set<string> } | null = null;
  let last: Promise<void> = Promise.resolve();

  async function lookOnce(): Promise<void> {
    const { lastId, writers } = await readProgress(db);
    if (waiting) {
      const open = writers.filter((writer) => waiting?.writers.has(writer));
      if (open.length > 0) {
        waiting.writers = new Set(open);
        return;
      }
      final = waiting.upTo;
      waiting = null;
    }
    if (writers.length === 0) final = lastId;
    else if (lastId > final) waiting = { upTo: lastId, writers: new Set(writers) };
  }

  return {
    final: () => final,
    isWaiting: () => waiting !== null,
    /** One after the other: an answer that came late would call a writer ended who had not begun when it was asked. */
    look(): Promise<void> {
      const look = last.then(lookOnce);
      last = look.catch(() => {});
      return look;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
