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
  /** Adds a sink. This process delivers to it from now on (`process`), or takes turns with others (`shared`). */
  addSink(sink: Sink): Promise<void>;
  /** Tells the relay that there may be new messages. Without it the relay finds them at its next look. */
  wake(): void;
  /** Delivers everything that has committed to every sink of this process, then resolves. */
  drain(): Promise<void>;
  /** How far each sink was behind at the last measurement, a few seconds ago. */
  state(): OutboxState;
  /** Measures now. */
  measure(): Promise<OutboxState>;
  stop(): Promise<void>;
}

interface RelayOptions {
  db: Db;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** The CloudEvents' `source`: which installation the messages come from. */
  source: string;
  onPoint?: OnPoint | undefined;
  /** The interval at which the relay looks for messages without being woken. */
  pollMs?: number;
  /** The pause before a read. Buyers get their answers first, and one read covers several commits. */
  restMs?: number;
  /** The wait before the second try of a message that a sink has rejected. It doubles with each further try. */
  retryMs?: number;
}

/** A process hears only of its own writes at once. Its live connections wait this long for those of other processes. */
const pollMs = 200;
const restMs = 20;
const mostRestMs = 250;
const measureEveryMs = 10_000;

/**
 * Reads committed messages and delivers them to the sinks of this process. No transaction is open while a sink works.
 * Each sink has its own cursor and loop, so a slow or failing sink delays only itself.
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
        log.warn({ err: error }, 'the outbox could not be read; the relay tries again soon');
        return;
      }
      for (const runner of runners) runner.run(horizon.final());
      // A transaction is still writing messages. It usually ends within a moment, unless somebody left it open.
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
 * Finds the position up to which the outbox is final. A message gets its number before its transaction commits, so a
 * smaller number may become visible after a larger one, and a cursor that had moved past it would lose it. So visible
 * messages count as final only after every transaction that was writing at that moment has ended.
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
    /**
     * Callers must run one look at a time: a late answer could report that a writer has ended that began after the
     * question.
     */
    look(): Promise<void> {
      const look = last.then(lookOnce);
      last = look.catch(() => {});
      return look;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
