import { type Clock, systemClock } from '../../server/clock.ts';

/** A clock that is right at `fromMs` and runs `speed` times as fast as the real one. Two processes with the same terms agree. */
export function fastClock(fromMs: number, speed: number): Clock {
  return {
    now: () => new Date(fromMs + (systemClock.now().getTime() - fromMs) * speed),
    monotonicMs: () => systemClock.monotonicMs() * speed,
  };
}
