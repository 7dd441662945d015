import type { App } from '../../app.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { orderCalendar } from './calendar.ts';
import { readAdmissibleTickets } from './own-tickets.ts';
import { type TicketPage, ticketPages } from './ticket-page.ts';

/** The attachments of the buyer's mail: the tickets as text and PDF, and the event for the calendar. */
interface OrderDocuments {
  pages: TicketPage[];
  /** Draws the tickets; null if the codes of the event turn, so that nobody could use the paper. */
  draw: (() => Promise<Buffer>) | null;
  calendar: string;
}

/** Makes an order's documents; null if its buyer holds no ticket that admits anybody. */
export async function makeOrderDocuments(
  app: App,
  order: OrderRecord,
  event: EventSale,
): Promise<OrderDocuments | null> {
  const pages = ticketPages(app.signer, await readAdmissibleTickets(app, order.id), order, event);
  if (pages.length === 0) return null;
  const draw = event.ticketCodes === 'fixed' ? () => app.printer.print(pages, app.clock.now()) : null;
  return { pages, draw, calendar: orderCalendar(order, event, app.config, { joins: true }) };
}
