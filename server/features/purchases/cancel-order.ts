import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { CancellationRequest, Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { cancelByPolicy } from './cancel-by-policy.ts';
import { showOrders } from './show-orders.ts';

/**
 * Cancels the caller's order, or some of its tickets. The event's ledger decides: it drops a pending order, and
 * refunds a confirmed one by the policy that it was sold with. Order, tickets, refund and places change in one batch.
 */
export async function cancelOrder(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, CancellationRequest | undefined, 'holder'>,
): Promise<Order> {
  const order = await readOrder(app, call.params.orderId);
  if (!order || !(await actsForOrder(app, call.caller, order))) throw new Refused('not_found');
  await cancelByPolicy(app, call, order, { tickets: call.body?.tickets ?? 'all' });
  const after = await readOrder(app, order.id);
  // An order that had already ended unpaid needs nothing from the ledger.
  if (after?.status !== 'cancelled' && after?.status !== 'confirmed')
    throw new Refused('order_not_cancellable');
  const [shown] = await showOrders(app, [after]);
  return shown as Order;
}
