import { Refused } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { Wait } from './budgets.ts';

/**
 * Counts a request of a caller, and says how many whole seconds they must wait before trying again; 0 lets them through.
 * It answers with a promise where the counters are kept elsewhere.
 */
export type RateLimit = (caller: string) => Wait;

/** Makes the limits of one process. Where the counters are kept is chosen once, in create-app.ts. */
export interface RateLimits {
  /** `name` tells the counters of this limit from those of others, where processes share them. */
  open(name: string, declared: { max: number; seconds: number }): RateLimit;
}

/** Limits whose counters are in this process's memory. They answer at once and make no promise. */
export const createRateLimits = (clock: Pick<Clock, 'monotonicMs'>, factor: number): RateLimits => ({
  open: (_, { max, seconds }) => countInMemory(clock, Math.max(1, Math.round(max * factor)), seconds),
});

/**
 * Counts each caller's requests in windows of so many seconds. All callers share the window's start, so that forgetting
 * them all at its end is one assignment. This is on the path of every hold, where a general limiter with a
 * least-recently-used store and four more headers took 4% of the time.
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

/** Refuses a caller who must wait: at once if that is known, otherwise by the promise that it returns. */
export function refuseOver(wait: Wait): undefined | Promise<void> {
  if (typeof wait !== 'number') return wait.then(refuseNow);
  refuseNow(wait);
  return undefined;
}

function refuseNow(retryAfterSeconds: number): void {
  if (retryAfterSeconds > 0) throw new Refused('rate_limited', { retryAfterSeconds });
}
