import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { OrderRecord } from '../orders/orders.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { pdfHeaders } from './get-ticket-pdf.ts';
import { readAdmissibleTickets, readOwnOrder } from './own-tickets.ts';
import { notPrinted, printableOf } from './printable.ts';
import { ticketPages } from './ticket-page.ts';

export async function getOrderTicketsPdf(
  app: App,
  call: { caller: Caller; params: { orderId: OrderId } },
): Promise<Raw> {
  const { order, event } = await readOwnOrder(app, call.caller, call.params.orderId);
  return printTickets(app, order, event);
}

/** Prints all tickets of an order that admit somebody. */
export async function printTickets(app: App, order: OrderRecord, event: EventSale): Promise<Raw> {
  const admissible = await readAdmissibleTickets(app, order.id);
  const printable = await printableOf(app, event, admissible);
  if (printable.length < admissible.length && printable.length === 0) throw notPrinted(event);
  const pages = ticketPages(app.signer, printable, order, event);
  if (pages.length === 0) {
    throw new Refused('ticket_not_admissible', { detail: 'This order has no tickets that admit anybody.' });
  }
  return new Raw(await app.printer.print(pages, app.clock.now()), pdfHeaders(`tickets-${order.number}`));
}
