import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectReviewsOf } from './reviews-store.ts';

/** For the export of an account: which of its orders were looked at, and what the person wrote. Scores and reasons are the team's. */
export async function listReviewsOf(app: Pick<App, 'db'>, orderIds: OrderId[]) {
  const rows = await selectReviewsOf(app.db, orderIds);
  return rows.map(({ orderId, openedAt, heldUntil, appeal, appealedAt, decision, decidedAt }) => ({
    orderId,
    openedAt: openedAt.toISOString(),
    until: heldUntil.toISOString(),
    appeal: appeal === null || appealedAt === null ? null : { text: appeal, at: appealedAt.toISOString() },
    decision,
    decidedAt: decidedAt?.toISOString() ?? null,
  }));
}
