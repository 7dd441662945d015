import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Clock } from '../../clock.ts';
import type { Sink } from '../../data/bus.ts';
import type { Db } from '../../data/db.ts';
import type { Log } from '../../log.ts';
import { addHeat, heatOf, weights } from './heat.ts';
import { addToHeat } from './heat-store.ts';

/** The pause between two writes: one statement writes everything that happened meanwhile, even a million orders. */
const gapMs = 5000;

/** Maximum number of events and of visitors in memory. A flood of invented ones only drops entries earlier. */
const maxEvents = 10_000;
const maxVisits = 100_000;
const visitMs = 3_600_000;

/** Counts purchases and views in this process, and writes them every few seconds. */
export interface Interest {
  /** Counts orders of an event. */
  noteOrder(eventId: EventId, at: Date): void;
  /**
   * Returns true once an hour for each visitor, event and kind. Only this process's memory knows the visitor, for that hour. Views
   * count for what is trending.
   */
  note(eventId: EventId, kind: 'view' | 'click', visitor: string): boolean;
  /** Writes the counts. */
  flush(): Promise<void>;
}

export function createInterest({ db, clock, log }: { db: Db; clock: Clock; log: Log }): Interest {
  let counted = new Map<EventId, number>();
  let visits = new Set<string>();
  let visitsSinceMs = clock.now().getTime();
  let timer: NodeJS.Timeout | undefined;

  function addInterest(eventId: EventId, weight: number, at: Date): void {
    const known = counted.get(eventId);
    if (known === undefined && counted.size >= maxEvents) return;
    const heat = heatOf(weight, at);
    counted.set(eventId, known === undefined ? heat : addHeat(known, heat));
    timer ??= setTimeout(() => void flush(), gapMs).unref();
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (counted.size === 0) return;
    const written = counted;
    counted = new Map();
    try {
      await addToHeat(db, written);
    } catch (error) {
      log.debug({ err: error }, 'a few seconds of what is trending were lost');
    }
  }

  return {
    noteOrder: (eventId, at) => addInterest(eventId, weights.order, at),
    note(eventId, kind, visitor) {
      const now = clock.now();
      if (now.getTime() - visitsSinceMs > visitMs || visits.size >= maxVisits) {
        visits = new Set();
        visitsSinceMs = now.getTime();
      }
      const visit = `${kind} ${eventId} ${visitor}`;
      if (visits.has(visit)) return false;
      visits.add(visit);
      if (kind === 'view') addInterest(eventId, weights.view, now);
      return true;
    },
    flush,
  };
}

/**
 * Counts confirmed orders. If a message is delivered twice after a crash, an order counts twice for a while. The
 * counts are written only every few seconds, so it is enough to deliver that often.
 */
export const interestSink = (app: Pick<App, 'interest'>): Sink => ({
  name: 'interest',
  topics: ['order_events'],
  cursor: 'shared',
  restMs: gapMs,
  deliver(messages) {
    for (const { type, data, time } of messages) {
      if (type === 'admit.order.confirmed.v1') app.interest.noteOrder(data.eventId, new Date(time));
    }
  },
});
