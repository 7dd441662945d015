import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueJobs, writeJobs } from '../../work/jobs.ts';
import { listMembersWhoMay } from '../organisations/list-members-who-may.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { countOpenReviews } from './reviews-store.ts';

/** Orders come in crowds, so one mail tells of all that were opened in so many minutes. */
const gatherMinutes = 15;

/**
 * Has the team told of new reviews, in the transaction that opens them. All reviews that an event opens within a quarter of an hour
 * share the job, because the key names the quarter.
 */
export function tellTeamLater(trx: Transaction, eventId: EventId, now: Date): void {
  const quarterMs = gatherMinutes * 60_000;
  const endMs = Math.ceil((now.getTime() + 1) / quarterMs) * quarterMs;
  writeJobs(trx, [
    {
      task: 'tell-order-reviews',
      payload: { eventId },
      key: `tell-order-reviews:${eventId}:${endMs}`,
      runAt: new Date(endMs),
    },
  ]);
}

/** Mails everybody who may decide how many orders of the event wait, in the language of their account. */
export async function tellTeam(app: App, { eventId }: { eventId: EventId }): Promise<void> {
  const now = app.clock.now();
  const [sale, open] = await Promise.all([
    readEventSale(app, eventId),
    countOpenReviews(app.db, eventId, now),
  ]);
  const { count, lastOpenedAt, heldUntil } = open;
  // The team has decided all of them already.
  if (!sale || count === 0 || !lastOpenedAt || !heldUntil) return;
  const people = await listMembersWhoMay(app.db, 'orders.refund', sale.organisationId, eventId);
  await enqueueJobs(
    app.db,
    people.map(({ name, email, language }) => ({
      task: 'send-mail' as const,
      payload: {
        kind: 'review-notice',
        to: email,
        name,
        url: `${app.config.publicUrl}/organise/order-reviews`,
        language: language ?? 'en',
        event: sale.title,
        timeZone: sale.timeZone,
        count,
        until: heldUntil.toISOString(),
        cause: `${eventId} ${lastOpenedAt.toISOString()}`,
      },
    })),
  );
}
