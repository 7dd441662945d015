/** The only place that reads the clock. All other code gets a Clock, so that a test can move time. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never go back, for measuring durations. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
