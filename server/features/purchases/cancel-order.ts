import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';
import { writeJobs } from '../../work/jobs.ts';
import { cancelConfirmed, lockOrder } from '../orders/cancel-confirmed.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { type OrderRecord, refundAt } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { returnPlaces } from '../orders/return-places.ts';
import { openRefunds } from '../payments/open-refunds.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { cancelTickets } from '../tickets/cancel-tickets.ts';
import { showOrders } from './show-orders.ts';

/**
 * Cancels an order of the caller's. A pending one is dropped by the ledger. A confirmed one is refunded by
 * the policy that it was sold with: tickets, order and refund change in one transaction. Then the places come back, by this command
 * at once, or by a job if the event's ledger is busy or the process dies.
 */
export async function cancelOrder(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder'>,
): Promise<Order> {
  const order = await readOrder(app, call.params.orderId);
  if (!order || order.buyerId !== call.caller.userId) throw new Refused('not_found');
  if (order.status === 'pending') await dropPending(app, order);
  else if (order.status === 'confirmed') await cancelPaid(app, order);
  else if (order.status !== 'cancelled') throw new Refused('order_not_cancellable');
  const after = await readOrder(app, order.id);
  const [shown] = await showOrders(app, [after ?? order]);
  return shown as Order;
}

async function dropPending(app: App, order: OrderRecord): Promise<void> {
  const outcome = await app.ledger.submit(order.eventId, {
    kind: 'drop',
    holdId: order.holdId,
    as: 'cancelled',
  });
  // Paid in the same instant: then it is a paid order that is being cancelled.
  if (outcome.kind === 'refused' && outcome.code === 'order_not_cancellable') return cancelPaid(app, order);
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
}

async function cancelPaid(app: App, { id, eventId }: OrderRecord): Promise<void> {
  const sale = await readEventSale(app, eventId);
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    const order = await lockOrder(trx, id);
    if (order?.status === 'cancelled') return;
    if (!sale || order?.status !== 'confirmed') throw new Refused('order_not_cancellable');
    const refundMinor = refundAt(order, sale, now);
    if (refundMinor === null) throw new Refused('refund_not_allowed');
    const { cancelled } = await cancelTickets(app, trx, [id], now);
    const places = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    // A ticket that was scanned meanwhile is no longer valid and was not cancelled: undo all of it.
    if (cancelled !== places)
      throw new Refused('order_not_cancellable', { detail: 'A ticket of this order was already used.' });
    await cancelConfirmed(trx, id, refundMinor, now);
    if (refundMinor > 0) {
      const { organisationId } = sale;
      const refund = {
        eventId,
        orderId: id,
        paymentId: null,
        organisationId,
        amountMinor: refundMinor,
        currency: order.currency,
      };
      openRefunds(app, trx, [{ ...refund, reason: 'cancelled_by_buyer' }], now);
    }
    const refund = { amount: refundMinor, currency: order.currency };
    const data = {
      orderId: id,
      buyerId: order.buyerId,
      total: { amount: order.totalMinor, currency: order.currency },
      refund,
    };
    enqueueEffects(trx, [{ type: 'admit.order.cancelled.v1', eventId, data }], now);
    writeOrderMails(trx, [{ kind: 'order-cancelled', orderId: id, refund }]);
    writeJobs(trx, [{ task: 'return-places', payload: { eventId, orderId: id } }]);
  });
  app.relay.wake();
  // The order is cancelled whatever becomes of this; the job tries again.
  await returnPlaces(app, { eventId, orderId: id }).catch((error) =>
    app.log.info({ err: error, orderId: id }, 'a job gives the places of a cancelled order back'),
  );
}
