import { Refused } from '../../../contract/errors.ts';
import type { EventId, Id, OrderId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { noteHandedBy } from './door-store.ts';
import { isByHand, tillOf } from './payment.ts';
import { refundSentMails } from './settle-refund.ts';
import { enterSent, findRefund, markRefund, markRefunded } from './store.ts';

/**
 * Records that the team has given the money of a refund back. Only money that the team took itself goes back by hand. A
 * second time changes nothing.
 */
export async function handOver(
  app: App,
  refundId: Id<'refund'>,
  order: { id: OrderId; eventId: EventId; organisationId: OrganisationId },
  by: ActingCall & { caller: { userId: UserId } },
): Promise<void> {
  const refund = await findRefund(app.db, refundId);
  if (refund?.orderId !== order.id) throw new Refused('not_found');
  if (!isByHand(refund.provider)) throw new Refused('refund_not_by_hand');
  const now = app.clock.now();
  await app.db.transaction(async (trx) => {
    if (!(await markRefund(trx, refundId, 'succeeded', null, now))) return;
    noteHandedBy(trx, refundId, order.eventId, by.caller.userId);
    markRefunded(trx, refund, now);
    enterSent(trx, refund, tillOf(order.organisationId), now);
    const amount = { amount: refund.amountMinor, currency: refund.currency as Currency };
    const data = { orderId: order.id, paymentId: refund.paymentId, refundId, amount, reason: refund.reason };
    enqueueEffects(trx, [{ type: 'admit.payment.refunded.v1', eventId: order.eventId, data }], now);
    // At the door the buyer has the money in their hand. A transfer comes days later.
    if (refund.provider === 'bank_transfer') writeOrderMails(trx, order.eventId, refundSentMails(refund));
    noteAct(app, trx, by, {
      act: 'refund.handed_over',
      organisationId: order.organisationId,
      subject: { type: 'order', id: order.id },
      before: null,
      after: { refund: amount },
    });
  });
}
