import type { OrderId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { App } from '../../app.ts';
import { calendarOf, doorsTime } from '../catalog/calendar.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { hasCode, type TicketRow } from './ticket.ts';
import { ticketWords } from './words.ts';

interface EntryOptions {
  method?: 'PUBLISH' | 'CANCEL';
  /** Its reader holds a valid ticket and is told the link of an online event. */
  joins?: boolean;
}

/** What a calendar entry shows of an order. */
interface CalendarOrder {
  id: OrderId;
  number: string;
  createdAt: Date;
  language: Language;
}

/** Makes an iCalendar file of the event that links to the tickets, with one entry per order. */
export function orderCalendar(
  order: CalendarOrder,
  event: EventSale,
  { publicUrl, mail }: Pick<App['config'], 'publicUrl' | 'mail'>,
  { method = 'PUBLISH', joins = false }: EntryOptions = {},
): string {
  const url = `${publicUrl}/orders/${order.id}`;
  return entryOf({ ...order, url }, event, { publicUrl, mail }, { method, joins });
}

/** The same for one ticket, with a link to its page. A ticket that was passed on has an entry of its own. */
export const ticketCalendar = (
  ticket: TicketRow,
  order: CalendarOrder,
  event: EventSale,
  { publicUrl, mail }: Pick<App['config'], 'publicUrl' | 'mail'>,
  method: 'PUBLISH' | 'CANCEL' = 'PUBLISH',
): string => {
  const url =
    ticket.transferId === null ? `${publicUrl}/orders/${order.id}` : `${publicUrl}/t/${ticket.transferId}`;
  const entry = { ...order, id: ticket.transferId ?? order.id, createdAt: ticket.issuedAt, url };
  return entryOf(entry, event, { publicUrl, mail }, { method, joins: hasCode(ticket) });
};

function entryOf(
  order: Omit<CalendarOrder, 'id'> & { id: string; url: string },
  event: EventSale,
  { publicUrl, mail }: Pick<App['config'], 'publicUrl' | 'mail'>,
  { method, joins }: Required<EntryOptions>,
): string {
  const { id, url, number, createdAt, language } = order;
  const stamp =
    method === 'CANCEL' && event.cancellation ? new Date(event.cancellation.cancelledAt) : createdAt;
  const t = ticketWords(language);
  const doors = doorsTime(event, language);
  // The address follows the sentence instead of being part of it, because direction marks around it would become part
  // of the address.
  const note = `${t('calendarNote', { number })} ${url}`;
  const join = joins && method === 'PUBLISH' ? event.online : null;
  const description = [
    ...(doors === null ? [] : [t('doorsOpen', { time: doors })]),
    ...(join?.url ? [`${t('calendarJoin')} ${join.url}`] : []),
    note,
  ].join('\n');
  return calendarOf(
    event,
    { id, stamp, description, url, language, organizer: mail.from, method },
    publicUrl,
  );
}
