import type { App } from '../../app.ts';
import { selectDue } from './reviews-store.ts';
import { decide } from './settle-order-review.ts';

/** Confirms the orders about which nobody has decided in time. Runs every minute. */
export async function endOrderReviews(app: App): Promise<void> {
  for (const of of await selectDue(app.db, app.clock.now())) {
    const by = { system: 'end-order-reviews' };
    await decide(app, of, { decision: 'confirmed', reason: null, by, userId: null });
  }
}
