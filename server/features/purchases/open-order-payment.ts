import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { Payment } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { payBeforeOf } from '../inventory/inventory.ts';
import { tradeInOf, whyNotGive } from '../inventory/trade-in.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { findOpenPayment } from '../payments/find-open-payment.ts';
import { openPayment } from '../payments/open-payment.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { showOrders } from './show-orders.ts';

/**
 * Opens the payment of an order that somebody else has made for its buyer: an exchange by the team. Days may pass between two
 * requests, so the provider is asked about a payment that was opened before, and an order is never paid twice.
 */
export async function openOrderPayment(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, undefined, 'holder'>,
): Promise<{ order: Order; payment: Payment | null }> {
  const order = await readOrder(app, call.params.orderId);
  if (!order || !(await actsForOrder(app, call.caller, order))) throw new Refused('not_found');
  if (order.confirmedAt !== null) return show(app, order, null);
  await refuseUnpayable(app, order);
  const opened = await findOpenPayment(app, order);
  const now = (await readOrder(app, order.id)) ?? order;
  if (now.confirmedAt !== null) return show(app, now, null);
  await refuseUnpayable(app, now);
  return show(app, now, opened ?? (await openPayment(app, now)));
}

async function show(app: App, order: OrderRecord, payment: Payment | null) {
  const [shown] = await showOrders(app, [order]);
  return { order: shown as Order, payment };
}

/** Refuses an order that a payment would not finish, so that nobody pays and waits for a refund. */
async function refuseUnpayable(app: App, order: OrderRecord): Promise<void> {
  const now = app.clock.now();
  // Its money comes over the bank. A card would pay it a second time.
  if (order.payBy !== null) throw new Refused('waits_for_transfer');
  if (order.status === 'expired') throw new Refused('hold_expired');
  if (order.status !== 'pending') throw new Refused('hold_ended');
  if (payBeforeOf(order) <= now) throw new Refused('hold_expired');
  const tradeIn = tradeInOf(order);
  if (!tradeIn) return;
  const ticket = await readTicket(app.db, tradeIn.ticketId);
  const event = ticket && (await readEventSale(app, ticket.eventId));
  const code = event ? whyNotGive(ticket, event, tradeIn.transferId, now) : 'ticket_cancelled';
  if (code) throw new Refused(code);
}
