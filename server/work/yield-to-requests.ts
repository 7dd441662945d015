import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** The thread that answers requests is busy above this share of its time. */
const busy = 0.8;
/** Mails alone can keep the thread busy too. Only with this many requests a second do they take it from buyers. */
const manyRequests = 100;
/** The pause after a job as a multiple of the job's time, so that mails take a fifth of the time at most. */
const restFactor = 4;

/**
 * Makes the jobs of a pool with one worker pause while the process is busy with requests. In a process that also answers
 * requests, the mails of a rush would otherwise take the time that buyers need. In the bench `purchases` seven times as
 * many mails left during the load as before, and it ran at 0.8 of its rate. On an idle process, and in a process that
 * only works, jobs follow each other without a pause. `countRequests` counts the requests that were answered so far.
 */
export function createYielding(signal: AbortSignal, countRequests: () => Promise<number>) {
  return <P, R>(handle: (payload: P) => Promise<R> | R) =>
    async (payload: P): Promise<R> => {
      const before = performance.eventLoopUtilization();
      const answeredBefore = await countRequests();
      try {
        return await handle(payload);
      } finally {
        const { idle, active, utilization } = performance.eventLoopUtilization(before);
        const elapsedMs = idle + active;
        const requestsPerSecond = ((await countRequests()) - answeredBefore) / (elapsedMs / 1000);
        const restMs = restOf({ elapsedMs, utilization, requestsPerSecond });
        if (restMs > 0) await wait(restMs, undefined, { signal, ref: false }).catch(() => {});
      }
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
