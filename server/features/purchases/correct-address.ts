import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { changeAddress } from '../orders/change-address.ts';
import { noteOpening } from '../orders/note-opening.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { readOrder } from '../orders/read-order.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import { showOrders } from './show-orders.ts';

/**
 * Corrects the buyer's address and sends the tickets again, also where the address stays the same. A ticket that was used
 * ends this: then the right person has the tickets.
 */
export async function correctAddress(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, { email: string }, 'holder'>,
): Promise<Order> {
  const { caller, params, body } = call;
  const order = await readOrder(app, params.orderId);
  if (!order || !(await actsForOrder(app, caller, order))) throw new Refused('not_found');
  const changed = await once(app, call, async (trx) => {
    const after = await changeAddress(trx, order.id, body.email);
    const tickets = (await listTicketsOfOrders(trx, [order.id])).get(order.id) ?? [];
    if (tickets.some(({ status }) => status === 'used')) throw new Refused('order_address_fixed');
    if (after.status === 'confirmed')
      writeOrderMails(trx, order.eventId, [
        { kind: 'tickets-again', orderId: order.id, requestId: app.newId('message') },
      ]);
    return after.changed;
  });
  const corrected = await readOrder(app, order.id);
  if (!corrected) throw new Error(`the order ${order.id} is gone`);
  // Who corrects it by a link goes on seeing it, although the link has ended.
  if (changed && order.buyerId !== caller.userId) await noteOpening(app, caller.userId, corrected);
  const [shown] = await showOrders(app, [corrected]);
  return shown as Order;
}
