import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call, Raw } from '../../http/bind.ts';
import { readOrder } from '../orders/read-order.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { printTickets } from './get-order-tickets-pdf.ts';

/** Prints the tickets of a door sale for the team. The tickets of other orders are their buyers' alone. */
export async function getDoorSaleTickets(
  app: App,
  call: Call<{ eventId: EventId; orderId: OrderId }, undefined, undefined, 'team'>,
): Promise<Raw> {
  const { eventId, orderId } = call.params;
  const [order, event] = await Promise.all([readOrder(app, orderId), readEventSale(app, eventId)]);
  if (!event || order?.eventId !== eventId || order.origin !== 'box_office') throw new Refused('not_found');
  return printTickets(app, order, event);
}
