import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { CancellationQuote } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { quoteOf } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { readCredits } from './read-credits.ts';

/** Says what a cancellation of the caller's order would give back now. It changes nothing. */
export async function quoteCancellation(
  app: App,
  call: Call<{ orderId: OrderId }, { tickets?: TicketId[] | undefined }, undefined, 'holder'>,
): Promise<CancellationQuote> {
  const order = await readOrder(app, call.params.orderId);
  if (!order || !(await actsForOrder(app, call.caller, order))) throw new Refused('not_found');
  const [sale, tickets, credits] = await Promise.all([
    readEventSale(app, order.eventId),
    readTicketsOfOrder(app.db, order.id),
    readCredits(app, order),
  ]);
  if (!sale) throw new Error(`the order ${order.id} is for an event that is gone`);
  const wanted = { tickets: call.query.tickets ?? ('all' as const) };
  const quote = quoteOf(order, tickets, wanted, sale, app.clock.now(), credits);
  if ('code' in quote) throw new Refused(quote.code, quote.members);
  return quote;
}
