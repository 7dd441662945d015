import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { lockCardsOf, returnToCards } from '../gift-cards/return-to-cards.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { enterUnfunded } from './gift-store.ts';
import { giftAccountOf } from './payment.ts';
import { enterSent, markRefund, markRefunded, type RefundRecord } from './store.ts';

/**
 * Gives a refund back to the gift cards that paid. No provider is asked, so it never waits and never fails. A second time
 * changes nothing.
 */
export async function settleGiftRefund(app: App, refund: RefundRecord): Promise<void> {
  const now = app.clock.now();
  const { id: refundId, orderId, eventId, paymentId, amountMinor, reason } = refund;
  await app.db.transaction(async (trx) => {
    const uses = await lockCardsOf(trx, orderId, eventId);
    if (!(await markRefund(trx, refundId, 'succeeded', null, now))) return;
    markRefunded(trx, refund, now);
    const { organisationId, issuedMinor } = returnToCards(trx, { orderId, eventId }, uses, amountMinor, now);
    enterSent(trx, refund, giftAccountOf(organisationId), now);
    if (issuedMinor > 0) enterUnfunded(trx, refund, { organisationId, issuedMinor }, now);
    const amount = { amount: amountMinor, currency: refund.currency as Currency };
    const data = { orderId, paymentId, refundId, amount, reason };
    enqueueEffects(trx, [{ type: 'admit.payment.refunded.v1', eventId, data }], now);
    // The buyer of a cancelled event has one mail, which says what goes back.
    if (reason === 'event_cancelled') return;
    writeOrderMails(trx, eventId, [{ kind: 'refund-sent', orderId, refundId, reason, refund: amount }]);
  });
}
