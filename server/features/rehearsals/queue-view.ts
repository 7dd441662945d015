/**
 * What everybody sees of the queue. One request a second serves all who watch, as a CDN would do it: the answer is the same for
 * everybody. Whoever watches compares their position with it.
 */
import type { Queue } from '../../../contract/waiting-room.ts';
import type { PublicState, Visit } from './journal.ts';
import type { Answer } from './live.ts';

interface Watcher {
  visit: Visit;
  untilMs: number;
  resolve(saw: Answer['saw']): void;
}

export interface QueueView {
  watch(visit: Visit, untilMs: number, nowMs: number): Promise<Answer['saw']>;
  /** Takes the next state, and wakes everybody to whom it means something. */
  see(queue: Queue, nowMs: number): void;
  last(): Queue | null;
}

export function createQueueView(): QueueView {
  const watchers = new Set<Watcher>();
  let last: Queue | null = null;
  return {
    last: () => last,
    watch(visit, untilMs, nowMs) {
      const saw = last && whatItMeans(last, visit, nowMs);
      if (saw) return Promise.resolve(saw);
      if (untilMs <= nowMs) return Promise.resolve('time');
      return new Promise((resolve) => watchers.add({ visit, untilMs, resolve }));
    },
    see(queue, nowMs) {
      last = queue;
      for (const watcher of watchers) {
        const saw = whatItMeans(queue, watcher.visit, nowMs) ?? (watcher.untilMs <= nowMs ? 'time' : null);
        if (!saw) continue;
        watchers.delete(watcher);
        watcher.resolve(saw);
      }
    },
  };
}

const askAgainMs = 10_000;

/** Why somebody stops watching when they see this; null if they go on. */
export function whatItMeans(
  queue: PublicState & Pick<Queue, 'peoplePerMinute'>,
  { position, told, lookedMs }: Pick<Visit, 'position' | 'told' | 'lookedMs'>,
  nowMs: number,
): NonNullable<Answer['saw']> | null {
  if (queue.state === 'ended') return 'over';
  if (position !== null && position <= queue.nowServing) return 'turn';
  if (queue.state === 'sold_out') return 'sold_out';
  if (position === null) return queue.drawnAt === null ? null : 'drawn';
  // Nobody could say how long it takes when the position was told, and now it is known.
  const mayKnowNow = queue.peoplePerMinute !== null && queue.state === 'open';
  return told === null && mayKnowNow && nowMs - lookedMs > askAgainMs ? 'drawn' : null;
}
