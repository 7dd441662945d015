import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { OrderId } from '../../../contract/ids.ts';
import type { EventSale } from '../catalog/event-sale.ts';

/** What of an order a calendar entry shows. */
export interface CalendarOrder {
  id: OrderId;
  number: string;
  createdAt: Date;
}

/**
 * The event as an iCalendar file. Times are in UTC: every calendar shows them in its owner's zone, and no
 * zone table has to travel along. The UID is the order's, so that opening the file again changes the entry
 * and adds none; the event's version is its sequence, so that a moved event moves there too.
 */
export function orderCalendar(order: CalendarOrder, event: EventSale, publicUrl: string): string {
  const calendar = ical({
    prodId: { company: 'Admit', product: 'Tickets', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  const doors = event.doorsAt ? `Doors open at ${clockTime(event.doorsAt, event.timeZone)}.\n` : '';
  const orderUrl = `${publicUrl}/orders/${order.id}`;
  calendar.createEvent({
    id: `${order.id}@${new URL(publicUrl).hostname}`,
    sequence: event.version,
    stamp: order.createdAt,
    start: event.startsAt,
    end: event.endsAt,
    summary: oneLine(event.title),
    location: [event.venueName, event.address, event.city].filter(Boolean).map(oneLine).join(', '),
    description: `${doors}Order ${order.number}. Your tickets: ${orderUrl}`,
    url: orderUrl,
    status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

const clockTime = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(at);

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
