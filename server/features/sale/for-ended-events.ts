import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import {
  type Forgetting,
  noteDone,
  type RecordTerms,
  selectEnded,
  selectPastRecords,
} from './retention-store.ts';

/**
 * Does something once for every event that ended a number of days ago; with null, each organisation's own number of
 * days. It records an event only after its work is complete, so the next run finishes what an interrupted run began.
 */
export async function forEndedEvents(
  app: Pick<App, 'db'>,
  what: Forgetting,
  { now, days }: { now: Date; days: number | null },
  work: (eventId: EventId) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const eventIds = await selectEnded(app.db, what, now, days);
    if (eventIds.length === 0) return total;
    for (const eventId of eventIds) {
      total += await work(eventId);
      await noteDone(app.db, what, eventId, now);
    }
  }
}

/**
 * Does something for every event whose records of sales may go. Returns the sum of what `work` returns. If it fails for an event, the
 * later events get their turn first; then the first failure is thrown.
 */
export async function forPastRecords(
  app: Pick<App, 'db'>,
  terms: RecordTerms,
  work: (event: { id: EventId; before: Date }) => Promise<number>,
): Promise<number> {
  let total = 0;
  let after: EventId | '' = '';
  const failures: unknown[] = [];
  for (;;) {
    const events: { id: EventId; before: Date }[] = await selectPastRecords(app.db, terms, after);
    for (const event of events) {
      try {
        total += await work(event);
      } catch (error) {
        failures.push(error);
      }
      after = event.id;
    }
    if (events.length > 0) continue;
    if (failures.length > 0) throw failures[0];
    return total;
  }
}
