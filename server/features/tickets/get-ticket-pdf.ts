import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readAdmissibleTickets, readOwnTicket } from './own-tickets.ts';
import { notPrinted, printableOf } from './printable.ts';
import { ticketPages } from './ticket-page.ts';

export async function getTicketPdf(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<Raw> {
  const { ticket, order, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  // Reads all tickets of the order, so that the page says "2 of 3" as in the whole document. A received ticket is alone.
  const tickets = ticket.transferId === null ? await readAdmissibleTickets(app, order.id) : [ticket];
  const page = ticketPages(app.signer, tickets, order, event).find(({ ticketId }) => ticketId === ticket.id);
  if (!page) throw new Refused('ticket_not_admissible');
  if ((await printableOf(app, event, [ticket])).length === 0) throw notPrinted(event);
  return new Raw(
    await app.printer.print([page], app.clock.now()),
    pdfHeaders(`ticket-${order.number}-${ticket.position + 1}`),
  );
}

/** The browser shows the PDF, and saves it under this name. */
export const pdfHeaders = (name: string) => ({
  'content-type': 'application/pdf',
  'content-disposition': contentDisposition('inline', `${name}.pdf`),
  'cache-control': 'private, no-cache',
});
