import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOrder } from '../orders/read-order.ts';
import { requireSight } from './require-sight.ts';
import { showOrders } from './show-orders.ts';

/** Returns an order to its buyer, to whoever acts for it, and to the managers of its event. */
export async function getOrder(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder-or-team'>,
): Promise<Order> {
  const order = await readOrder(app, call.params.orderId);
  if (!order) throw new Refused('not_found');
  const toBuyer = (await requireSight(app, call.caller, order)) === 'buyer';
  const [shown] = await showOrders(app, [order], { toBuyer });
  return shown as Order;
}
