import type { OrderId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import { calendarOf, doorsTime } from '../catalog/calendar.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { ticketWords } from './words.ts';

/** What of an order a calendar entry shows. */
export interface CalendarOrder {
  id: OrderId;
  number: string;
  createdAt: Date;
  language: Language;
}

/** The event as an iCalendar file that leads to the tickets; one entry for each order. */
export function orderCalendar(order: CalendarOrder, event: EventSale, publicUrl: string): string {
  const url = `${publicUrl}/orders/${order.id}`;
  const { id, number, createdAt: stamp, language } = order;
  const t = ticketWords(language);
  const doors = doorsTime(event, language);
  // The address stands outside the sentence: marks of direction around it would become part of it.
  const note = `${t('calendarNote', { number })} ${url}`;
  const description = doors === null ? note : `${t('doorsOpen', { time: doors })}\n${note}`;
  return calendarOf(event, { id, stamp, description, url, language }, publicUrl);
}
