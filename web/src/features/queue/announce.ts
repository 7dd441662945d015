import type { Stage } from './stage.ts';

/** What a screen reader was told last. */
interface Said {
  stage: Stage | null;
  ahead: number | null;
  atMs: number;
}

export const nothingSaid: Said = { stage: null, ahead: null, atMs: 0 };

/** Positions change every second. Telling each would keep a screen reader talking. */
const restMs = 120_000;

/**
 * Decision: whether to say the present state again. A new stage is said at once. People ahead are said every two minutes at most,
 * and when the person is the next.
 */
export function isWorthSaying(said: Said, now: Omit<Said, 'atMs'>, nowMs: number): boolean {
  if (said.stage !== now.stage) return true;
  if (said.ahead === now.ahead || now.ahead === null) return false;
  return now.ahead === 0 || nowMs - said.atMs >= restMs;
}
