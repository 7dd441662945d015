import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { OwnOrderReview } from '../../../contract/order-reviews.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { readOwnOrder } from '../tickets/own-tickets.ts';
import { isHeld } from '../tickets/ticket.ts';
import { showOwnReview } from './list-order-reviews.ts';
import { findReview, lockReview, writeAppeal } from './reviews-store.ts';

/** Shows the buyer until when their tickets wait, and what they have written. Scores and reasons are for the team. */
export async function getOrderReview(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder'>,
): Promise<OwnOrderReview> {
  const { order } = await readOwnOrder(app, call.caller, call.params.orderId);
  const review = await findReview(app.db, order);
  if (review) return showOwnReview(review);
  const until = (await readTicketsOfOrder(app.db, order.id)).find(isHeld)?.heldUntil;
  return until
    ? { state: 'unscored', until: until.toISOString(), appeal: null }
    : { state: 'none', until: null, appeal: null };
}

/** Keeps what the buyer writes about the review, once. */
export async function appealOrderReview(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, { text: string }, 'holder'>,
): Promise<OwnOrderReview> {
  const { order } = await readOwnOrder(app, call.caller, call.params.orderId);
  return app.db.transaction(async (trx) => {
    const review = await lockReview(trx, order);
    if (!review) throw new Refused('not_found');
    const { text } = call.body;
    if (review.appeal === text) return showOwnReview(review);
    if (review.decision) throw new Refused('order_review_decided', { decidedAs: review.decision });
    if (review.appeal !== null) throw new Refused('appeal_made');
    const now = app.clock.now();
    writeAppeal(trx, review, text, now);
    return showOwnReview({ ...review, appeal: text, appealedAt: now });
  });
}
