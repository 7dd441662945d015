import type { Clock } from '../clock.ts';

/**
 * A clock that stands still until a test moves it. It starts at the real time, because sessions use the real time.
 */
export interface TestClock extends Clock {
  advance(ms: number): void;
  set(instant: Date): void;
}

export function createTestClock(): TestClock {
  let nowMs = Date.now();
  return {
    now: () => new Date(nowMs),
    monotonicMs: () => performance.now(),
    advance(ms) {
      nowMs += ms;
    },
    set(instant) {
      nowMs = instant.getTime();
    },
  };
}

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;

/** The time of a day, in UTC, this many days after another day. Tests name days by it, because a date of the calendar is over some day. */
export const timeOn = (first: Date, day: number, time: string): string =>
  `${new Date(first.getTime() + days(day)).toISOString().slice(0, 10)}T${time}Z`;
