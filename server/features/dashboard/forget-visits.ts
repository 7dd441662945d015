import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteVisits } from './visits-store.ts';

/** Deletes single views, clicks and check-ins that are old. Their sums by day stay. */
export const forgetVisits = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteVisits(app.db, daysBefore(now, keptDays.visits)));
