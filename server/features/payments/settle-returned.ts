import { idPrefixes } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { MoneyReviewId } from './money-review.ts';
import type { PaymentRecord } from './payment.ts';
import type { ReturnedMoney } from './provider.ts';
import { recordOutsideRefund } from './record-outside-refund.ts';
import { reopenRefused } from './refund-unmatched.ts';
import { recordRefund } from './settle-refund.ts';
import { findRefund, findRefundByRef } from './store.ts';

/** Records the state of a refund: one of ours, one for an item of unmatched money, or one that Admit did not make. */
export async function settleReturned(
  app: App,
  payment: PaymentRecord | null,
  seen: ReturnedMoney,
): Promise<string> {
  const { refundId, ref, status } = seen;
  if (refundId?.startsWith(`${idPrefixes.moneyReview}_`)) {
    if (status === 'failed') await reopenRefused(app, refundId as MoneyReviewId);
    return outcomes[status];
  }
  const refund = (refundId && (await findRefund(app.db, refundId))) || (await findRefundByRef(app.db, ref));
  if (!refund || refund.reason === 'refunded_outside') return recordOutsideRefund(app, payment, seen);
  await recordRefund(app, refund, { ref, status });
  return outcomes[status];
}

const outcomes = { succeeded: 'refunded', failed: 'refund_failed', pending: 'refund_pending' };
