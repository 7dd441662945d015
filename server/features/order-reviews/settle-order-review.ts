import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { OrderReview } from '../../../contract/order-reviews.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { writeJobs } from '../../work/jobs.ts';
import { holdIdOf } from '../inventory/inventory.ts';
import { confirmedMail, writeOrderMails } from '../orders/order-mails.ts';
import { readOrder } from '../orders/read-order.ts';
import { releaseTickets } from '../tickets/release-tickets.ts';
import { showReview } from './list-order-reviews.ts';
import { decideReview, findListed, findReview, lockReview, type ReviewRow } from './reviews-store.ts';

/**
 * Confirms or refunds an order that waits for a look at it. The first decision counts, because each locks the review. A job makes the
 * refund, so that a crash after the decision loses nothing; the answer waits for a first attempt.
 */
export async function settleOrderReview(
  app: App,
  call: Call<
    { orderId: OrderId },
    undefined,
    { action: 'confirm' | 'refund'; reason?: string | undefined },
    'team'
  >,
): Promise<OrderReview> {
  const order = await readOrder(app, call.params.orderId);
  if (!order) throw new Refused('not_found');
  const decision = call.body.action === 'confirm' ? 'confirmed' : 'refunded';
  const decided = await decide(app, order, {
    decision,
    reason: call.body.reason ?? null,
    by: call,
    userId: call.caller.userId,
  });
  if (!decided) throw new Refused('not_found');
  if (decided !== decision) throw new Refused('order_review_decided', { decidedAs: decided });
  if (decision === 'refunded') await refundReviewed(app, { eventId: order.eventId, orderId: order.id });
  const shown = await findListed(app.db, { eventId: order.eventId, orderId: order.id });
  if (!shown) throw new Refused('not_found');
  return showReview(shown);
}

interface Made {
  decision: 'confirmed' | 'refunded';
  reason: string | null;
  by: ActBy;
  userId: ReviewRow['decidedBy'];
}

/** Returns the decision that counts; null without a review. */
export const decide = (
  app: App,
  of: { eventId: EventId; id: OrderId },
  { decision, reason, by, userId }: Made,
): Promise<ReviewRow['decision']> =>
  app.db.transaction(async (trx) => {
    const review = await lockReview(trx, of);
    if (!review || review.decision) return review?.decision ?? null;
    const now = app.clock.now();
    const order = await readOrder(app, of.id);
    // The buyer has cancelled it, the event was cancelled, or a bank has taken the money.
    const made = order?.status === 'confirmed' ? decision : 'ended';
    decideReview(trx, review, { decision: made, at: now, by: made === 'ended' ? null : userId, reason });
    if (made === 'ended') return made;
    if (made === 'confirmed') {
      await releaseTickets(trx, of.eventId, [of.id]);
      writeOrderMails(trx, of.eventId, [confirmedMail(of.id)]);
    } else {
      const payload = { eventId: of.eventId, orderId: of.id };
      writeJobs(trx, [{ task: 'refund-reviewed-order', payload, key: `refund-reviewed-order:${of.id}` }]);
    }
    noteAct(app, trx, by, {
      act: 'order_review.decided',
      organisationId: review.organisationId,
      subject: { type: 'order', id: of.id, title: order?.soldAs.title ?? '' },
      before: { score: review.score, state: 'open' },
      after: { score: review.score, state: made },
    });
    return made;
  });

/** The key of the one refund of a reviewed order. No client can send it: it has a space. */
const retry = { key: 'order review', fingerprint: 'order review' };

/** Refusals that say that the order has nothing left that could go back. */
const nothingLeft = new Set<string>(['order_not_refundable', 'refund_exceeds_paid', 'not_found']);

/**
 * Refunds an order after the decision. The ledger ends the tickets, frees the places and opens the refund in one batch, and does so
 * once, because every attempt has the same key.
 */
export async function refundReviewed(
  app: App,
  { eventId, orderId }: { eventId: EventId; orderId: OrderId },
): Promise<void> {
  const review = await findReview(app.db, { eventId, id: orderId });
  if (review?.decision !== 'refunded') return;
  const outcome = await app.ledger.submit(eventId, {
    kind: 'refund',
    holdId: holdIdOf(orderId),
    tickets: 'all',
    amountMinor: null,
    keepTickets: false,
    cause: 'refunded_by_organiser',
    reason: review.reason,
    by: { system: 'refund-reviewed-order' },
    cancellationId: app.newId('cancellation'),
    retry,
  });
  if (outcome.kind === 'refused' && !nothingLeft.has(outcome.code))
    throw new Refused(outcome.code, outcome.members);
}
