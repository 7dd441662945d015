import type { EventId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { type Job, writeJobs } from '../../work/jobs.ts';
import { lockFailedRefunds, repeatFailed, selectWaiting } from './event-refunds-store.ts';
import { settleMoneyReview } from './money-review-store.ts';

/**
 * Asks the provider again for the refunds of a cancelled event that it refused. Each gets a new refund, because the
 * provider answers the same id with the same refusal. The entry on the list of unmatched money is settled, so that nobody
 * pays the buyer a second time; an entry that a person has settled already is left alone. Refunds that wait for their next
 * attempt are attempted now.
 */
export async function repeatRefunds(
  app: App,
  trx: Transaction,
  eventId: EventId,
  by: UserId,
): Promise<{ failed: number; waiting: number }> {
  const now = app.clock.now();
  const failed = await lockFailedRefunds(trx, eventId);
  const repeated = failed.map(({ refundId, reviewId }) => ({
    refundId,
    reviewId,
    newId: app.newId('refund'),
  }));
  for (const { reviewId, newId } of repeated) {
    const note = `The organiser has asked the provider again. The new refund is ${newId}.`;
    await settleMoneyReview(trx, reviewId, { settlement: 'write_off', at: now, by, note });
  }
  repeatFailed(trx, repeated, now);
  const waiting = await selectWaiting(trx, eventId);
  writeJobs(trx, [...new Set([...waiting, ...repeated.map(({ newId }) => newId)])].map(settleJob));
  return { failed: repeated.length, waiting: waiting.length };
}

const settleJob = (refundId: string): Job => ({
  task: 'settle-refund',
  payload: { refundId },
  key: `settle-refund:${refundId}`,
});
