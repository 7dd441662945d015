import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteReviews } from './reviews-store.ts';
import { deleteMarks, deleteScores } from './store.ts';

/** Deletes scores, and what they were counted from, of events that have ended, and later the reviews. */
export async function forgetScores(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const marks = await inPortions(() => deleteMarks(app.db, now));
  const scores = await inPortions(() => deleteScores(app.db, now));
  const before = daysBefore(now, keptDays.orderReviewsAfterEvent);
  return marks + scores + (await inPortions(() => deleteReviews(app.db, before)));
}
