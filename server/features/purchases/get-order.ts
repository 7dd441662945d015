import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

/** Returns an order to its buyer and to whoever acts for it. For everybody else it does not exist. */
export async function getOrder(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder'>,
): Promise<Order> {
  const order = await readOrder(app, call.params.orderId);
  if (!order || !(await actsForOrder(app, call.caller, order))) throw new Refused('not_found');
  const [shown] = await showOrders(app, [order]);
  return shown as Order;
}
