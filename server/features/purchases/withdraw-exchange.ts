import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { requireOrderCapability } from '../orders/order-team.ts';
import { readOrder } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

/** Takes back an exchange that a member of the team has made and that waits for its holder to pay. The ledger frees the new place. */
export async function withdrawExchange(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'team'>,
): Promise<Order> {
  const { orderId } = call.params;
  await requireOrderCapability(app, call.caller, orderId, 'orders.exchange');
  const order = await readOrder(app, orderId);
  if (!order) throw new Refused('not_found');
  const outcome = await app.ledger.submit(order.eventId, {
    kind: 'cancel',
    holdId: order.holdId,
    tickets: 'all',
    withdrawnBy: call,
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  const after = await readOrder(app, orderId);
  if (after?.status !== 'cancelled') throw new Refused('order_not_cancellable');
  const [shown] = await showOrders(app, [after]);
  return shown as Order;
}
