import { Refused } from '../../../contract/errors.ts';
import type { MoneyReview, Settlement } from '../../../contract/money-reviews.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { writeJobs } from '../../work/jobs.ts';
import { showMoneyReview } from './list-money-reviews.ts';
import { decisionOf, type MoneyReviewId, type MoneyReviewRow } from './money-review.ts';
import {
  lockMoneyReview,
  moveReviewedMoney,
  type ReviewTransfer,
  settleMoneyReview as settle,
} from './money-review-store.ts';

/**
 * Carries out a person's decision about unmatched money. The ledger changes with the decision, and a job asks for a
 * refund (refund-unmatched.ts). Sending the same action again returns the earlier decision.
 */
export async function settleMoneyReview(
  app: App,
  call: Call<{ moneyReviewId: MoneyReviewId }, undefined, { action: Settlement; note: string }, 'admin'>,
): Promise<MoneyReview> {
  const { action, note } = call.body;
  return app.db.transaction(async (trx) => {
    const review = await lockMoneyReview(trx, call.params.moneyReviewId);
    if (!review) throw new Refused('not_found');
    if (review.settlement === action) return showMoneyReview(review);
    if (review.settlement) throw new Refused('money_review_settled', { settledAs: review.settlement });
    if (action === 'refund' && (review.direction !== 'in' || !review.intentRef)) {
      throw new Refused('money_review_not_refundable');
    }
    const now = app.clock.now();
    const moved = transferOf(review, action);
    if (moved) moveReviewedMoney(trx, review, { ...moved, id: app.newId('transfer') }, now);
    if (action === 'refund') {
      const payload = { moneyReviewId: review.id };
      writeJobs(trx, [{ task: 'refund-unmatched', payload, key: `refund-unmatched:${review.id}` }]);
    }
    const settled = { settlement: action, at: now, by: call.caller.userId, note };
    noteAct(app, trx, call, {
      act: 'money_review.settled',
      organisationId: null,
      subject: { type: 'money_review', id: review.id },
      before: decisionOf(review),
      after: decisionOf({ settlement: action, note }),
    });
    return showMoneyReview(await settle(trx, review.id, settled));
  });
}

/** Decision: how the ledger changes. Money that is where it should be stays there. */
function transferOf(review: MoneyReviewRow, action: Settlement): Omit<ReviewTransfer, 'id'> | null {
  const { id, direction, provider } = review;
  const account = `review:${id}`;
  if (action === 'refund') return { kind: 'review_refund', debit: account, credit: `provider:${provider}` };
  if (direction === 'none') return null;
  return direction === 'in'
    ? { kind: 'review_write_off', debit: account, credit: writtenOff }
    : { kind: 'review_write_off', debit: writtenOff, credit: account };
}

const writtenOff = 'platform:written_off';
