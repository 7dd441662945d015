import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { noteOpening } from '../orders/note-opening.ts';
import { readOrder } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

/** Opens an order with the secret of its link, for this caller. A wrong secret and no such order are one answer. */
export async function openOrder(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, { secret: string }, 'signed-in'>,
): Promise<Order> {
  const { orderId } = call.params;
  const order = await readOrder(app, orderId);
  // The secret of an order that is not there is worked out too, so that the answer takes as long.
  const isRight = app.orderLinks.isSecretOf(order ?? { id: orderId, linkVersion: 1 }, call.body.secret);
  if (!order || !isRight) throw new Refused('order_link_invalid');
  if (order.buyerId !== call.caller.userId) await noteOpening(app, call.caller.userId, order);
  const [shown] = await showOrders(app, [order], { toBuyer: true });
  return shown as Order;
}
