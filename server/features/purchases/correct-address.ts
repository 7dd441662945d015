import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import { maskAddress, noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { ordersOfPass } from '../date-passes/orders-of-pass.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { changeAddress, changeAddressToo } from '../orders/change-address.ts';
import { noteOpening } from '../orders/note-opening.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { subjectOf } from '../orders/order-notes.ts';
import { readOrder } from '../orders/read-order.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { organisationOf } from '../sale/organisation-of.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import { showOrders } from './show-orders.ts';

/**
 * Corrects the buyer's address and sends the tickets again, also where the address stays the same. For the buyer, or for a
 * member of the team who may correct orders. A ticket that was used
 * ends this: then the right person has the tickets. The orders that a pass brought for its dates get the same address.
 */
export async function correctAddress(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, { email: string }, 'holder-or-team'>,
): Promise<Order> {
  const { caller, params, body } = call;
  const order = await readOrder(app, params.orderId);
  if (!order) throw new Refused('not_found');
  const isBuyer = await actsForOrder(app, caller, order);
  if (!isBuyer) await requireEventCapability(app, caller, order.eventId, 'orders.edit');
  const organisationId = isBuyer ? null : await organisationOf(app, order.eventId);
  const changed = await once(app, call, async (trx) => {
    const after = await changeAddress(trx, order.id, body.email);
    const brought = await ordersOfPass(trx, order);
    await changeAddressToo(trx, brought, body.email);
    const tickets = await listTicketsOfOrders(trx, [order.id, ...brought]);
    if ([...tickets.values()].flat().some(({ status }) => status === 'used'))
      throw new Refused('order_address_fixed');
    if (after.status === 'confirmed')
      writeOrderMails(trx, order.eventId, [
        { kind: 'tickets-again', orderId: order.id, requestId: app.newId('message') },
      ]);
    if (organisationId)
      noteAct(app, trx, call, {
        act: after.changed ? 'order.address_corrected' : 'order.sent_again',
        organisationId,
        subject: subjectOf(order.id),
        // Two addresses may look the same when they are masked, and would then be no change.
        before: null,
        after: { address: maskAddress(body.email) },
      });
    return after.changed;
  });
  const corrected = await readOrder(app, order.id);
  if (!corrected) throw new Error(`the order ${order.id} is gone`);
  // Who corrects it by a link goes on seeing it, although the link has ended.
  if (isBuyer && changed && order.buyerId !== caller.userId) await noteOpening(app, caller.userId, corrected);
  const [shown] = await showOrders(app, [corrected]);
  return shown as Order;
}
