import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { countJobs } from '../work/jobs.ts';
import type { Db } from './db.ts';
import { findOldestWriter, readSinkStates, type Writer } from './outbox.ts';

export interface OutboxState {
  /**
   * For each sink: the number of undelivered messages, the age of the first in seconds, and the number of parked
   * messages.
   */
  sinks: { sink: string; rows: number; seconds: number; parked: number }[];
  /** The oldest open transaction that writes messages. */
  writer: Writer | null;
  /** Problems that a person should look into; empty if there are none. */
  warnings: OutboxWarning[];
}

/**
 * `outbox_behind`: a sink has been behind for longer than `behindAfterSeconds`. `messages_parked`: a sink has
 * rejected messages for good. Neither is a reason to take the process out of the load balancer.
 */
type OutboxWarning = 'outbox_behind' | 'messages_parked';

/** Some sinks run only every few seconds. Those are not behind yet. */
const behindAfterSeconds = 30;
const sayAgainAfterMs = 60_000;

interface Parts {
  db: Db;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** The positions of the sinks whose cursors are in this process. */
  positions: () => { sink: string; position: number }[];
}

/** Measures how far the sinks are behind, for /metrics and /health/ready, and logs a warning if it is too far. */
export function createOutboxWatch({ db, clock, log, metrics, positions }: Parts) {
  let state: OutboxState = { sinks: [], writer: null, warnings: [] };
  let saidMs = Number.NEGATIVE_INFINITY;

  async function measure(): Promise<OutboxState> {
    const [found, writer, jobs] = await Promise.all([
      readSinkStates(db, positions()),
      findOldestWriter(db),
      countJobs(db),
    ]);
    const nowMs = clock.now().getTime();
    const sinks = found.map(({ since, ...rest }) => ({
      ...rest,
      seconds: since ? Math.max(0, (nowMs - since.getTime()) / 1000) : 0,
    }));
    const isBehind = sinks.some(({ seconds }) => seconds > behindAfterSeconds);
    const isParked = sinks.some(({ parked }) => parked > 0);
    state = {
      sinks,
      writer,
      warnings: [
        ...(isBehind ? (['outbox_behind'] as const) : []),
        ...(isParked ? (['messages_parked'] as const) : []),
      ],
    };
    for (const { sink, rows, seconds, parked } of sinks) {
      metrics.outboxLagRows.set({ sink }, rows);
      metrics.outboxLagSeconds.set({ sink }, seconds);
      metrics.outboxParked.set({ sink }, parked);
    }
    metrics.outboxWriterSeconds.set(writer?.seconds ?? 0);
    metrics.jobs.set({ state: 'due' }, jobs.due);
    metrics.jobs.set({ state: 'given_up' }, jobs.givenUp);
    metrics.jobsLateSeconds.set(jobs.lateSeconds);
    if (isBehind) sayBehind();
    return state;
  }

  function sayBehind(): void {
    if (clock.monotonicMs() - saidMs < sayAgainAfterMs) return;
    saidMs = clock.monotonicMs();
    const { sinks, writer } = state;
    const behind = sinks.filter(({ seconds }) => seconds > behindAfterSeconds);
    if (writer && writer.seconds > behindAfterSeconds) {
      log.warn(
        { sinks: behind, writer },
        `messages wait for a transaction that has been open for ${Math.round(writer.seconds)} s: process ${writer.pid} of "${writer.application}" (docs/operations.md)`,
      );
    } else log.warn({ sinks: behind }, 'a sink is behind with its messages (docs/operations.md)');
  }

  return { state: () => state, measure };
}
