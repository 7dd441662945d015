import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** The thread that answers requests is busy above this share of its time. */
const busy = 0.8;
/** Mails alone can keep the thread busy too. Only with this many requests a second do they take it from buyers. */
const manyRequests = 100;
/** The pause after a job as a multiple of the job's time, so that mails take a fifth of the time at most. */
const restFactor = 4;

/** Makes the jobs of a pool rest while the process is busy with requests. */
export interface Yielding {
  /** Resolves when another job may start. The worker asks before it fetches a job, so other processes may take it. */
  mayStart(): Promise<void>;
  /** Runs a job, and decides from it how long the next one must wait. */
  run<R>(job: () => Promise<R> | R): Promise<R>;
  /**
   * Runs a job that was fetched already, after the pause. All jobs that wait for the same pause run at once: they mostly
   * wait for the payment provider, and one at a time would take hours.
   */
  runAfterRest<R>(job: () => Promise<R> | R): Promise<R>;
}

/**
 * Makes jobs rest while the process is busy with requests. In a process that also answers requests, the mails of a rush
 * would otherwise take the time that buyers need. In the bench `purchases` seven times as many mails left during the load
 * as before, and it ran at 0.8 of its rate. The refunds of a cancelled event compete in the same way, and so do their webhooks and
 * credit notes. So after a job that shared the thread with many requests, one mail runs at a time, with a pause after each, and
 * the other jobs run in groups with the same pauses. On an idle process, and in a process that only works, several jobs run at
 * once without a pause. `countRequests` counts the requests that were answered so far.
 */
export function createYielding(signal: AbortSignal, countRequests: () => Promise<number>): Yielding {
  let running = 0;
  let resting: Promise<unknown> = Promise.resolve();
  let oneAtATime = false;
  let ended = Promise.withResolvers<void>();

  function over(restMs: number): void {
    running--;
    oneAtATime = restMs > 0;
    if (restMs > 0) {
      const rest = wait(restMs, undefined, { signal, ref: false }).catch(() => {});
      resting = Promise.all([resting, rest]);
    }
    ended.resolve();
    ended = Promise.withResolvers();
  }

  async function run<R>(job: () => Promise<R> | R): Promise<R> {
    running++;
    const before = performance.eventLoopUtilization();
    const answeredBefore = await countRequests();
    try {
      return await job();
    } finally {
      const { idle, active, utilization } = performance.eventLoopUtilization(before);
      const elapsedMs = idle + active;
      const requestsPerSecond = ((await countRequests()) - answeredBefore) / (elapsedMs / 1000);
      over(restOf({ elapsedMs, utilization, requestsPerSecond }));
    }
  }

  return {
    async mayStart() {
      while (oneAtATime && running > 0 && !signal.aborted) await ended.promise;
      await resting;
    },
    run,
    async runAfterRest(job) {
      // Jobs that end during the pause make it longer.
      for (let awaited: Promise<unknown> | null = null; awaited !== resting; ) {
        awaited = resting;
        await awaited;
      }
      return run(job);
    },
  };
}

/** Decision: how long to pause after a job, from the job's time, the thread's load and the requests meanwhile. */
export const restOf = ({
  elapsedMs,
  utilization,
  requestsPerSecond,
}: {
  elapsedMs: number;
  utilization: number;
  requestsPerSecond: number;
}): number =>
  utilization < busy || requestsPerSecond < manyRequests ? 0 : Math.min(elapsedMs * restFactor, 2000);
