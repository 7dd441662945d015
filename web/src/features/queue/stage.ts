import type { Queue, QueueEntry } from '../../../../contract/waiting-room.ts';

/** The person's own place, with the difference between the server's clock and this device's. */
export type OwnEntry = QueueEntry & { offsetMs: number };

/** What the page of a queue shows. */
export type Stage =
  /** The event has no queue. */
  | 'none'
  /** Nobody has to wait now. */
  | 'standby'
  /** The sale is over. */
  | 'over'
  /** The person has no place. */
  | 'join'
  /** The person has a place, and the order is not drawn yet. */
  | 'before_draw'
  | 'drawing'
  | 'waiting'
  | 'paused'
  | 'all_held'
  | 'sold_out'
  /** The place is the next one, and the server is about to say until when it may be used. */
  | 'called'
  | 'active'
  | 'bought';

/** Decision: what a person sees. `queue` may be newer than `entry`, because everybody is told the former at once. */
export function stageOf(queue: Queue | null, entry: OwnEntry | null, nowMs: number): Stage {
  if (!queue) return 'none';
  if (entry?.status === 'active' && !isOver(entry, nowMs)) return 'active';
  if (entry?.endReason === 'bought') return 'bought';
  if (queue.state === 'ended') return 'over';
  if (!entry || entry.status === 'ended' || entry.status === 'active')
    return queue.state === 'standby' ? 'standby' : 'join';
  if (queue.state === 'standby') return 'standby';
  if (entry.position === null) return queue.state === 'before_draw' ? 'before_draw' : 'drawing';
  if (entry.position <= queue.nowServing) return 'called';
  return queue.state === 'open' || queue.state === 'before_draw' || queue.state === 'drawing'
    ? 'waiting'
    : queue.state;
}

/** Whether the time to choose is over, by the server's clock. The server then says that the place has ended. */
const isOver = ({ activeUntil, offsetMs }: OwnEntry, nowMs: number): boolean =>
  activeUntil !== null && Date.parse(activeUntil) <= nowMs + offsetMs;

/** How many positions before this one were not let in yet. */
export const aheadOf = (queue: Queue, entry: OwnEntry): number =>
  Math.max(0, (entry.position ?? 0) - 1 - queue.nowServing);

/** Of two answers about one queue, the newer one. A cache on the way may answer with what was true a second ago. */
export const newerOf = (known: Queue | null | undefined, told: Queue | null): Queue | null =>
  known && told && known.eventId === told.eventId && known.version > told.version ? known : told;

/**
 * When to ask about the own place again, in milliseconds; false if nothing can have changed. Whoever waits does not ask: the
 * public answer says whether it is their turn. `part` is this browser's own number from 0 to 1, so that many people who are
 * called at once, or drawn at once, do not ask in the same instant.
 */
export function askAgainMs(queue: Queue | null, entry: OwnEntry | null, part: number): number | false {
  if (!queue || !entry || entry.status === 'ended') return false;
  // Also tells the server that somebody is there.
  if (entry.status === 'active') return 20_000 + part * 10_000;
  if (entry.position !== null) return entry.position <= queue.nowServing ? 300 + part * 1200 : false;
  if (queue.state === 'before_draw') return false;
  // A thousand of those who were drawn learn their positions each second.
  return 500 + part * Math.min(60_000, queue.lastPosition);
}

/** How often to read the public answer. A live connection tells of changes by itself; then reading is only a precaution. */
export function pollMs(of: { isLive: boolean; isHidden: boolean; failures: number; part: number }): number {
  const usual = of.isLive ? 60_000 : of.isHidden ? 30_000 : 4_000;
  return Math.min(60_000, usual * 2 ** of.failures) * (0.75 + of.part / 2);
}
