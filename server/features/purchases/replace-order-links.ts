import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { endLinks } from '../orders/end-links.ts';
import { noteOpening } from '../orders/note-opening.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { readOrder } from '../orders/read-order.ts';
import { showOrders } from './show-orders.ts';

/**
 * Ends all links to an order and mails a new one to the order's address. Everybody who opened the order by an old link
 * loses it, except the caller.
 */
export async function replaceOrderLinks(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder'>,
): Promise<Order> {
  const { caller, params } = call;
  const order = await readOrder(app, params.orderId);
  if (!order || !(await actsForOrder(app, caller, order))) throw new Refused('not_found');
  await once(app, call, async (trx) => {
    const status = await endLinks(trx, order.id);
    // Only the mails about these orders have had links.
    if (status === 'confirmed' || status === 'cancelled')
      writeOrderMails(trx, order.eventId, [
        { kind: 'order-link', orderId: order.id, requestId: app.newId('message') },
      ]);
    return true;
  });
  const after = await readOrder(app, order.id);
  if (!after) throw new Error(`the order ${order.id} is gone`);
  if (order.buyerId !== caller.userId) await noteOpening(app, caller.userId, after);
  const [shown] = await showOrders(app, [after]);
  return shown as Order;
}
