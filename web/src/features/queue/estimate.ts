import { decidesWait } from '../../../../contract/queue-wait.ts';
import type { Queue } from '../../../../contract/waiting-room.ts';

/** Why an estimate is later than the one before. */
type Later = 'slower' | 'paused' | 'all_held';

/** What was told about the wait. */
export interface Estimate {
  /** When it will be the person's turn, in milliseconds since 1970; null while nobody can tell. */
  turnMs: number | null;
  /** The last instant that was told. It stays while nobody can tell, so that a later one gets its reason. */
  toldMs: number | null;
  /** Why nobody could tell for a while. */
  gap: Later | null;
  /** Why the present estimate is later than the one before, and since when that is shown. */
  later: { reason: Later; sinceMs: number } | null;
}

export const nothingTold: Estimate = { turnMs: null, toldMs: null, gap: null, later: null };

/** A difference that rounding and chance explain: a minute, or a quarter of the wait. */
const slackMs = (leftMs: number) => Math.max(60_000, leftMs / 4);
/** How long the page says why an estimate has become later. */
const reasonMs = 180_000;

/**
 * Decision: what to tell about the wait. The page tells nothing where the server tells nothing either (contract/queue-wait.ts). The
 * estimate is the people ahead through how many are let in per minute. It becomes earlier at any time. It becomes later only
 * together with the reason: within the slack it stays, and the next answers correct it or exceed the slack.
 */
export function estimateAfter(before: Estimate, queue: Queue, ahead: number, nowMs: number): Estimate {
  const later = before.later && nowMs - before.later.sinceMs < reasonMs ? before.later : null;
  const rate = decidesWait(ahead, queue) === null ? null : queue.peoplePerMinute;
  if (queue.state !== 'open' || rate === null || rate <= 0) {
    const gap = queue.state === 'paused' || queue.state === 'all_held' ? queue.state : before.gap;
    return same(before, { turnMs: null, toldMs: before.toldMs, gap, later });
  }
  const turnMs = nowMs + (ahead / rate) * 60_000;
  const told = before.toldMs;
  if (told === null || turnMs <= told) return same(before, { turnMs, toldMs: turnMs, gap: null, later });
  if (turnMs - told <= slackMs(told - nowMs))
    return same(before, { turnMs: told, toldMs: told, gap: null, later });
  const reason = before.gap ?? 'slower';
  return { turnMs, toldMs: turnMs, gap: null, later: { reason, sinceMs: nowMs } };
}

/** The same object if nothing differs, so that React does not render for nothing. */
const same = (before: Estimate, after: Estimate): Estimate =>
  (['turnMs', 'toldMs', 'gap', 'later'] as const).every((name) => before[name] === after[name])
    ? before
    : after;

/** Minutes as a person would say them: each one up to ten, then in fives, and in quarters of an hour from two hours on. */
export function roundedMinutes(ms: number): number {
  const minutes = ms / 60_000;
  const step = minutes <= 10 ? 1 : minutes <= 120 ? 5 : 15;
  return Math.max(0, Math.ceil(minutes / step) * step);
}
