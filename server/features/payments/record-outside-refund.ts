import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { readOrder } from '../orders/read-order.ts';
import { isOnReviewList } from './money-review-store.ts';
import type { PaymentRecord } from './payment.ts';
import type { ReturnedMoney } from './provider.ts';
import { reconcilePayment } from './reconcile-payments.ts';
import { followDisputes } from './record-dispute.ts';
import { recordUnmatched } from './record-unmatched.ts';
import { askAgainMs, recordRefund } from './settle-refund.ts';
import { findRefundByRef } from './store.ts';

/**
 * Records a refund that somebody made at the provider and not here. The ledger books it with its order: a refund of
 * everything that is left ends the valid tickets and frees their places, a smaller one ends only the tickets that it
 * names (docs/refunds.md). Money that the order does not explain goes on the list of unmatched money. It may be called in
 * any order of the refund's states, and any number of times.
 */
export async function recordOutsideRefund(
  app: App,
  payment: PaymentRecord | null,
  seen: ReturnedMoney,
): Promise<string> {
  if (!payment || !(await bookOnOrder(app, payment, seen))) return listOutsideRefund(app, payment, seen);
  const refund = await findRefundByRef(app.db, seen.ref);
  if (!refund) throw new Error(`the refund ${seen.ref} was booked and is not there`);
  await recordRefund(app, refund, seen);
  await followDisputes(app, payment);
  if (seen.status === 'pending') {
    const runAt = new Date(app.clock.now().getTime() + askAgainMs);
    const payload = { refundId: refund.id };
    await enqueueJobs(app.db, [{ task: 'settle-refund', payload, key: `settle-refund:${refund.id}`, runAt }]);
  }
  return 'refunded_outside';
}

/** False if the order can't explain the money: it was not paid with it, or less than this is left of its payment. */
async function bookOnOrder(app: App, payment: PaymentRecord, seen: ReturnedMoney): Promise<boolean> {
  // Only taken money can go back. So the webhook of the payment is late, and the provider must tell.
  if (payment.status === 'open') await reconcilePayment(app, payment);
  const order = await readOrder(app, payment.orderId);
  if (order?.currency !== seen.currency || seen.amountMinor <= 0) return false;
  const refund = async (tickets: TicketId[] | 'all') => {
    const outcome = await app.ledger.submit(payment.eventId, {
      kind: 'refund',
      holdId: order.holdId,
      tickets,
      amountMinor: seen.amountMinor,
      keepTickets: null,
      cause: 'refunded_outside',
      sentAs: seen.ref,
      reason: null,
      by: { provider: app.payments.name },
      cancellationId: app.newId('cancellation'),
      // No Idempotency-Key of a request has a space.
      retry: { key: `outside ${seen.ref}`, fingerprint: seen.ref },
    });
    return outcome.kind === 'refunded';
  };
  return (seen.ticketIds.length > 0 && (await refund(seen.ticketIds))) || refund('all');
}

async function listOutsideRefund(
  app: App,
  payment: PaymentRecord | null,
  { ref, status, intentRef, amountMinor, currency }: ReturnedMoney,
): Promise<string> {
  const { orderId = null, eventId = null } = payment ?? {};
  const moved = { intentRef, amountMinor, currency, orderId, eventId };
  if (status === 'succeeded') {
    await recordUnmatched(app, { ...moved, reason: 'refund_by_hand', direction: 'out', reference: ref });
    // The news that it failed may have come first, and found nothing on the list. So ask what it is now.
    const now = await stateNow(app, intentRef, ref);
    return now?.status === 'failed' ? listOutsideRefund(app, payment, now) : 'refund_by_hand';
  }
  // Only a refund that was sent can come back.
  if (status === 'failed' && (await isOnReviewList(app.db, app.payments.name, ref))) {
    const reference = `${ref}:failed`;
    await recordUnmatched(app, { ...moved, reason: 'refund_failed', direction: 'in', reference });
  }
  return status === 'failed' ? 'refund_failed' : 'refund_pending';
}

/** What the provider says of the refund now; null if it does not know the payment or the refund. */
async function stateNow(app: App, intentRef: string | null, ref: string): Promise<ReturnedMoney | null> {
  if (intentRef === null) return null;
  for await (const refund of app.payments.listRefunds({ intentRef })) if (refund.ref === ref) return refund;
  return null;
}
