import type { App } from '../../app.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { latestDue, nextDueOf } from './schedule.ts';
import { lockDueSchedules, moveDue } from './schedules-store.ts';

/** Schedules per transaction. The next minute takes the others. */
const atOnce = 200;

/**
 * Enqueues the files that are due. One transaction moves each schedule to its next due time after now and enqueues the job, so
 * each due time has one job, whatever dies. After an outage of several due times a schedule has one job, for the latest of them.
 */
export async function orderDueExports(app: Pick<App, 'db' | 'clock' | 'caches'>): Promise<void> {
  const now = app.clock.now();
  await app.db.transaction(async (trx) => {
    const due = await lockDueSchedules(trx, now, atOnce);
    const events = await Promise.all(due.map(({ eventId }) => readEventSale(app, eventId)));
    const jobs: Job<'make-export'>[] = [];
    const moved = due.map(({ id, rhythm, nextDueAt }, i) => {
      const event = events[i];
      if (!event || !nextDueAt) return { id, nextDueAt: null };
      const dueAt = latestDue(rhythm, event.timeZone, { from: nextDueAt, until: now });
      jobs.push({ task: 'make-export', payload: { scheduleId: id, dueAt: dueAt.toISOString() } });
      return { id, nextDueAt: nextDueOf(rhythm, event, now) };
    });
    if (moved.length > 0) moveDue(trx, moved);
    await enqueueJobs(trx, jobs);
  });
}
