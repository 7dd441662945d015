import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Writes } from '../../data/db.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteCases, eraseReporter, selectReportsOf } from './store.ts';

/** For the export of an account: what the person has reported, with the account or with their confirmed address. */
export async function listReportsOf(app: Pick<App, 'db'>, userId: UserId, email: string | null) {
  const rows = await selectReportsOf(app.db, userId, email);
  return rows.map(({ id, category, text, place, name, email: address, reportedAt }) => ({
    id,
    category,
    text,
    place,
    name,
    email: address,
    reportedAt: reportedAt.toISOString(),
  }));
}

/** Erases from reports who made them. What they say stays, because it is about others. */
export const forgetReporter = (trx: Writes, userId: UserId, email: string | null): void =>
  eraseReporter(trx, userId, email);

/** Deletes reports a while after they were decided. */
export const forgetReports = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteCases(app.db, daysBefore(now, keptDays.decidedReports)));
