import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** Above this share of its time, the thread that answers requests is busy. */
const busy = 0.8;
/** Rest after a job, in times of what the job took: mails then have a fifth of the time at most. */
const restFactor = 4;

/**
 * Makes jobs of a pool with one worker rest while the process is busy. In a process that also answers requests, the mails
 * of a rush would otherwise take the time that its buyers need: in the bench `purchases` seven times as many left during the load as
 * before, and it ran at 0.8 of its rate. On an idle process, and
 * in one that only works, jobs follow each other without a pause.
 */
export function createYielding(signal: AbortSignal) {
  return <P, R>(handle: (payload: P) => Promise<R> | R) =>
    async (payload: P): Promise<R> => {
      const before = performance.eventLoopUtilization();
      try {
        return await handle(payload);
      } finally {
        const { idle, active, utilization } = performance.eventLoopUtilization(before);
        const restMs = restOf({ elapsedMs: idle + active, utilization });
        if (restMs > 0) await wait(restMs, undefined, { signal, ref: false }).catch(() => {});
      }
    };
}

/** Decision: how long a job rests that took so long on a thread that was so busy meanwhile. */
export const restOf = ({ elapsedMs, utilization }: { elapsedMs: number; utilization: number }): number =>
  utilization < busy ? 0 : Math.min(elapsedMs * restFactor, 2000);
