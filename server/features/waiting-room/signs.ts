import type { EventId, QueueEntryId, UserId } from '../../../contract/ids.ts';

/** Whether this person has the event open, in a page with a live connection to this process. */
type IsWatching = (eventId: EventId, userId: UserId) => boolean;

/**
 * Signs of life of people who were let in: each request with their token, each look at their own place, and open pages. A process
 * collects them, and its keeper writes them with its next step (keep-rooms.ts), so no request waits for it.
 */
export interface Signs {
  note(eventId: EventId, entryId: QueueEntryId, nowMs: number): void;
  /** Takes the signs of an event out, to write them. */
  take(eventId: EventId): Map<QueueEntryId, number>;
  /** Notes signs again that could not be written. */
  giveBack(eventId: EventId, signs: Map<QueueEntryId, number>): void;
  isWatching: IsWatching;
  /** Where there are live connections, they say who watches (live/realtime.ts). Returns a function that ends it. */
  follow(isWatching: IsWatching): () => void;
}

const nobodyWatches: IsWatching = () => false;

export function createSigns(): Signs {
  const noted = new Map<EventId, Map<QueueEntryId, number>>();
  let watches = nobodyWatches;
  function note(eventId: EventId, entryId: QueueEntryId, nowMs: number): void {
    let signs = noted.get(eventId);
    if (!signs) {
      signs = new Map();
      noted.set(eventId, signs);
    }
    signs.set(entryId, Math.max(nowMs, signs.get(entryId) ?? 0));
  }

  return {
    note,
    giveBack(eventId, signs) {
      for (const [entryId, atMs] of signs) note(eventId, entryId, atMs);
    },
    take(eventId) {
      const signs = noted.get(eventId) ?? new Map();
      noted.delete(eventId);
      return signs;
    },
    isWatching: (eventId, userId) => watches(eventId, userId),
    follow(isWatching) {
      watches = isWatching;
      return () => {
        watches = nobodyWatches;
      };
    },
  };
}

/** Half of the time to choose, and three minutes at least: so long somebody may look at a seat map without a request. */
export const idleSecondsOf = (windowSeconds: number): number => Math.max(180, Math.ceil(windowSeconds / 2));
