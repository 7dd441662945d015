import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import type { EventBalance } from './payouts.ts';
import { selectBalances } from './store.ts';
import { keepSums, lockSums, selectKept, selectStale } from './sums-store.ts';

/**
 * An entry carries the time at which its transaction wrote it, and a transaction takes 30 seconds at most. So all entries of ten
 * minutes ago are there, also if the clocks of two processes differ.
 */
const finalAfterMs = 10 * 60_000;
/** Kept sums may be so old before a look at the payouts has them renewed. */
const renewAfterMs = 60 * 60_000;
const portion = 100;

/** Reads what is owed for events, and has sums renewed that are old. */
export async function readEventBalances(
  app: Pick<App, 'clock'>,
  db: Queryable,
  organisationIds: OrganisationId[],
): Promise<EventBalance[]> {
  const nowMs = app.clock.now().getTime();
  const staleBefore = new Date(nowMs - renewAfterMs);
  const kept = await selectKept(db, organisationIds, staleBefore);
  const since = new Date(
    Math.min(staleBefore.getTime(), ...kept.map((each) => each.since?.getTime() ?? nowMs)),
  );
  await enqueueJobs(
    db,
    kept
      .filter(({ isStale }) => isStale)
      .map(({ organisationId }) => ({
        task: 'sum-payouts' as const,
        payload: { organisationId },
        key: `sum-payouts:${organisationId}`,
      })),
  );
  return selectBalances(db, organisationIds, since);
}

/** Keeps the sums of an organisation's events. */
export async function sumPayouts(
  app: Pick<App, 'clock' | 'db'>,
  { organisationId }: { organisationId: OrganisationId },
): Promise<void> {
  const until = new Date(app.clock.now().getTime() - finalAfterMs);
  const stale = await selectStale(app.db, organisationId, until);
  for (let from = 0; from < stale.length; from += portion) {
    const events = stale.slice(from, from + portion);
    const ids = events.map(({ id }) => id);
    const since = new Date(
      Math.min(until.getTime(), ...events.map((event) => event.until?.getTime() ?? until.getTime())),
    );
    await app.db.transaction(async (trx) => {
      await lockSums(trx, ids);
      await keepSums(trx, ids, { since, until });
    });
  }
}
