import { Refused } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { Wait } from './budgets.ts';

/**
 * Counts a caller's request and returns how many whole seconds the caller must wait; 0 lets the request through.
 * Returns a promise if the counters are stored outside the process.
 */
export type RateLimit = (caller: string) => Wait;

/** Makes the limits of one process. create-app.ts decides once where the counters are stored. */
export interface RateLimits {
  /** Makes one limit. `name` separates its counters from those of other limits in a shared store. */
  open(name: string, declared: { max: number; seconds: number }): RateLimit;
}

/** Rate limits with counters in this process's memory. They answer at once and make no promise. */
export const createRateLimits = (clock: Pick<Clock, 'monotonicMs'>, factor: number): RateLimits => ({
  open: (_, { max, seconds }) => countInMemory(clock, scaledMax(max, factor), seconds),
});

export const scaledMax = (max: number, factor: number): number => Math.max(1, Math.round(max * factor));

/**
 * Counts each caller's requests in fixed windows. All callers share the window's start, so that one assignment clears
 * all counters at its end. This is on the path of every hold: a general limiter with a least-recently-used store and
 * four more headers took 4% of the time.
 */
function countInMemory(clock: Pick<Clock, 'monotonicMs'>, max: number, seconds: number) {
  let counts = new Map<string, number>();
  let endsMs = 0;
  return (caller: string): number => {
    const nowMs = clock.monotonicMs();
    if (nowMs >= endsMs) {
      counts = new Map();
      endsMs = nowMs + seconds * 1000;
    }
    const count = (counts.get(caller) ?? 0) + 1;
    counts.set(caller, count);
    return count > max ? Math.max(1, Math.ceil((endsMs - nowMs) / 1000)) : 0;
  };
}

/** Refuses a caller who must wait: at once if the wait is known, otherwise through the promise that it returns. */
export function refuseOver(wait: Wait): undefined | Promise<void> {
  if (typeof wait !== 'number') return wait.then(refuseNow);
  refuseNow(wait);
  return undefined;
}

function refuseNow(retryAfterSeconds: number): void {
  if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
}
