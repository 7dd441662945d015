import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { orderCalendar } from './calendar.ts';
import { readAdmissibleTickets, readOwnOrder } from './own-tickets.ts';

export async function getOrderCalendar(
  app: App,
  call: { caller: Caller; params: { orderId: OrderId } },
): Promise<Raw> {
  const { order, event } = await readOwnOrder(app, call.caller, call.params.orderId);
  const joins = event.online !== null && (await readAdmissibleTickets(app, order.id)).length > 0;
  return new Raw(orderCalendar(order, event, app.config, { joins }), calendarHeaders(event));
}

export const calendarHeaders = ({ title }: Pick<EventSale, 'title'>) => ({
  'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
  'content-disposition': contentDisposition('attachment', `${title}.ics`),
  'cache-control': 'private, no-cache',
});
