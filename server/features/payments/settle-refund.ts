import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { noTicketsFor, type OrderMail, type RefundReason, writeOrderMails } from '../orders/order-mails.ts';
import type { UnmatchedMoney } from './money-review.ts';
import { isByHand } from './payment.ts';
import type { ProviderRefund } from './provider.ts';
import { enterUnmatched, sayUnmatched } from './record-unmatched.ts';
import { settleGiftRefund } from './settle-gift-refund.ts';
import {
  enterSent,
  findRefund,
  markRefund,
  markRefunded,
  noteRefundRef,
  type RefundRecord,
  reverseRefund,
} from './store.ts';

/** How long to wait before asking the provider again about a pending refund. */
export const askAgainMs = 60 * 60_000;

/**
 * Asks the provider for a refund. It may be retried any number of times, because the refund's id is the provider's
 * idempotency key. It asks about a pending refund every hour, in case its webhook never arrives.
 */
export async function settleRefund(app: App, { refundId }: { refundId: string }): Promise<void> {
  const refund = await findRefund(app.db, refundId);
  // The team gives the money of a door sale back, and says so (hand-over.ts).
  if (refund?.status !== 'pending' || isByHand(refund.provider)) return;
  if (refund.provider === 'gift_card') return settleGiftRefund(app, refund);
  if (refund.provider !== app.payments.name)
    throw new Error(`${refundId} is ${refund.provider}'s, which is not configured`);
  const { intentRef, amountMinor, providerRef } = refund;
  const answer =
    providerRef === null
      ? await app.payments.refund({ refundId, intentRef, amountMinor, currency: refund.currency as Currency })
      : await app.payments.findRefund(providerRef);
  if (answer.status !== 'pending') return recordRefund(app, refund, answer);
  await noteRefundRef(app.db, refundId, answer.ref);
  const runAt = new Date(app.clock.now().getTime() + askAgainMs);
  await enqueueJobs(app.db, [
    { task: 'settle-refund', payload: { refundId }, key: `settle-refund:${refundId}`, runAt },
  ]);
}

/** Records a refund's result and tells the buyer. Safe to repeat. */
export async function recordRefund(
  app: App,
  refund: RefundRecord,
  { ref, status }: ProviderRefund,
): Promise<void> {
  if (status === 'pending') return;
  const now = app.clock.now();
  const isOwed = await app.db.transaction(async (trx) => {
    if (!(await markRefund(trx, refund.id, status, ref, now))) return false;
    markRefunded(trx, refund, now);
    const { id: refundId, orderId, eventId, paymentId, amountMinor, reason } = refund;
    const amount = { amount: amountMinor, currency: refund.currency as Currency };
    const data = { orderId, paymentId, refundId, amount, reason };
    if (status === 'failed') {
      enqueueEffects(trx, [{ type: 'admit.payment.refund_failed.v1', eventId, data }], now);
      reverseRefund(trx, refund, app.newId('transfer'), now);
      // The buyer is still owed this money. A person must find another way to pay it.
      return enterUnmatched(app, trx, owedOf(refund));
    }
    enqueueEffects(trx, [{ type: 'admit.payment.refunded.v1', eventId, data }], now);
    enterSent(trx, refund, `provider:${refund.provider}`, now);
    writeOrderMails(trx, eventId, refundSentMails(refund));
    return false;
  });
  if (isOwed) sayUnmatched(app, owedOf(refund));
}

/** The mail that a refund was sent. The buyer of a cancelled event has one mail, which says what goes back. */
export function refundSentMails({ id, orderId, reason, amountMinor, currency }: RefundRecord): OrderMail[] {
  if (reason === 'event_cancelled') return [];
  const kind = boughtTickets(reason) ? 'refund-sent' : 'late-refund-sent';
  const refund = { amount: amountMinor, currency: currency as Currency };
  return [{ kind, orderId, refundId: id, reason, refund }];
}

/** False if the payment that is refunded bought nothing. */
const boughtTickets = (reason: RefundReason): boolean => reason !== 'paid_twice' && !noTicketsFor.has(reason);

const owedOf = ({
  id,
  intentRef,
  orderId,
  eventId,
  amountMinor,
  currency,
}: RefundRecord): UnmatchedMoney => ({
  reference: id,
  reason: 'refund_failed',
  direction: 'none',
  intentRef,
  orderId,
  eventId,
  amountMinor,
  currency,
});
