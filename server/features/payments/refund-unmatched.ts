import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { decisionOf, type MoneyReviewId } from './money-review.ts';
import {
  lockMoneyReview,
  moveReviewedMoney,
  noteReviewRefund,
  reopenMoneyReview,
} from './money-review-store.ts';

const askAgainMs = 60 * 60_000;

/**
 * Asks the provider to refund unmatched money. It may be retried any number of times, because the review's id is the
 * provider's idempotency key. It asks about a pending refund every hour, in case its webhook never arrives.
 */
export async function refundUnmatched(app: App, payload: { moneyReviewId: MoneyReviewId }): Promise<void> {
  const { moneyReviewId } = payload;
  const review = await app.db.transaction((trx) => lockMoneyReview(trx, moneyReviewId));
  if (review?.settlement !== 'refund' || !review.intentRef) return;
  if (review.provider !== app.payments.name)
    throw new Error(`${review.id} is ${review.provider}'s, which is not configured`);
  const { intentRef, amountMinor, refundRef } = review;
  const answer =
    refundRef === null
      ? await app.payments.refund({
          refundId: moneyReviewId,
          intentRef,
          amountMinor,
          currency: review.currency as Currency,
        })
      : await app.payments.findRefund(refundRef);
  if (answer.status === 'failed') return reopenRefused(app, moneyReviewId);
  await noteReviewRefund(app.db, moneyReviewId, answer.ref);
  if (answer.status !== 'pending') return;
  const runAt = new Date(app.clock.now().getTime() + askAgainMs);
  const key = `refund-unmatched:${moneyReviewId}`;
  await enqueueJobs(app.db, [{ task: 'refund-unmatched', payload, key, runAt }]);
}

/**
 * Handles a refund that the provider has refused for good: the item returns to the list, and the ledger's entry is
 * reversed. Safe to repeat.
 */
export async function reopenRefused(app: App, id: MoneyReviewId): Promise<void> {
  const isReopened = await app.db.transaction(async (trx) => {
    const review = await lockMoneyReview(trx, id);
    if (review?.settlement !== 'refund') return false;
    const turned = { debit: `provider:${review.provider}`, credit: `review:${id}` };
    const transfer = { ...turned, id: app.newId('transfer'), kind: 'review_refund_reversal' as const };
    moveReviewedMoney(trx, review, transfer, app.clock.now());
    const note = `The provider refused to refund this. ${review.note ?? ''}`.trim();
    reopenMoneyReview(trx, id, note);
    noteAct(
      app,
      trx,
      { provider: review.provider },
      {
        act: 'money_review.reopened',
        organisationId: null,
        subject: { type: 'money_review', id },
        before: decisionOf(review),
        after: decisionOf({ settlement: null, note }),
      },
    );
    return true;
  });
  if (isReopened)
    app.log.error({ alert: 'money_review', id }, 'the provider refuses to refund unmatched money');
}
