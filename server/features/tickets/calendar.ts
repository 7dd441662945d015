import type { OrderId } from '../../../contract/ids.ts';
import { calendarOf } from '../catalog/calendar.ts';
import type { EventSale } from '../catalog/event-sale.ts';

/** What of an order a calendar entry shows. */
export interface CalendarOrder {
  id: OrderId;
  number: string;
  createdAt: Date;
}

/** The event as an iCalendar file that leads to the tickets; one entry for each order. */
export function orderCalendar(order: CalendarOrder, event: EventSale, publicUrl: string): string {
  const url = `${publicUrl}/orders/${order.id}`;
  const note = `Order ${order.number}. Your tickets: ${url}`;
  return calendarOf(event, { id: order.id, stamp: order.createdAt, note, url }, publicUrl);
}
