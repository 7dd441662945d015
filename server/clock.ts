/** The only place that reads the clock. Everything else is handed one, so that a test can move time. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only grow, for measuring durations. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
