import type { RoomRow } from './waiting-room.ts';

/** A room that no keeper looked at for longer was left alone, for example because PostgreSQL or all processes were down. */
export const awayMs = 10_000;
/** Another process looked at the room just now. */
const justNowMs = 200;
/** After a time when the room was left alone, everybody who was let in has at least so long to choose. */
export const backMs = 60_000;

/** What a step makes of the time of the last step. */
interface Keeping {
  /** Another process has just taken the step. */
  isDone: boolean;
  /** The last step was taken by a process whose clock is ahead. The queue would stand still until that time. */
  isAhead: boolean;
  /** The room was left alone until now. */
  isBack: boolean;
  /** Since when the room has been looked at without a break. Whoever seemed idle before that could give no sign. */
  keptSince: Date;
}

/** Decision: whether a step is due, and since when the room has been kept without a break. */
export function keepingOf(
  { kept_at, kept_since }: Pick<RoomRow, 'kept_at' | 'kept_since'>,
  now: Date,
): Keeping {
  if (kept_at === null) return { isDone: false, isAhead: false, isBack: false, keptSince: now };
  const sinceMs = now.getTime() - kept_at.getTime();
  const isAhead = sinceMs < -awayMs;
  const isBack = isAhead || sinceMs > awayMs;
  return {
    isDone: !isAhead && sinceMs < justNowMs,
    isAhead,
    isBack,
    keptSince: isBack || kept_since === null ? now : kept_since,
  };
}
