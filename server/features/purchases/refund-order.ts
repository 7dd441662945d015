import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { Refund, RefundRequest } from '../../../contract/refunds.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOrder } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';
import { showRefunds } from './show-refunds.ts';

/**
 * Refunds an order of the caller's organisation, some of its tickets or an amount of it. The event's ledger decides.
 * Order, tickets, refund, places and the entry of the audit log change in one batch.
 */
export async function refundOrder(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, RefundRequest, 'team'>,
): Promise<{ order: Order; refund: Refund | null }> {
  const order = await readOrder(app, call.params.orderId);
  if (!order) throw new Refused('not_found');
  const { tickets = 'all', amount, reason, keepTickets = null } = call.body;
  if (amount && amount.currency !== order.currency) {
    const message = `must be ${order.currency}, the currency of the order`;
    throw new Refused('invalid_request', { issues: [{ path: 'amount.currency', message }] });
  }
  const cancellationId = app.newId('cancellation');
  const outcome = await app.ledger.submit(order.eventId, {
    kind: 'refund',
    holdId: order.holdId,
    tickets,
    amountMinor: amount?.amount ?? null,
    keepTickets,
    cause: 'refunded_by_organiser',
    reason,
    by: call,
    cancellationId,
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  const after = (await readOrder(app, order.id)) ?? order;
  const [[shown], refunds] = await Promise.all([showOrders(app, [after]), showRefunds(app, after)]);
  const made = refunds.find(
    ({ decision }) =>
      decision !== null &&
      (decision.id === cancellationId || (call.retry && decision.key === call.retry.key)),
  );
  return { order: shown as Order, refund: made?.refund ?? null };
}
