import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readOrder } from '../orders/read-order.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { findReceived } from './holder-store.ts';
import { showTicket } from './show-ticket.ts';
import { findTickets } from './store.ts';

/** Lists the tickets that other people passed on to the caller, the newest first. */
export async function listReceivedTickets(
  app: App,
  { caller }: { caller: Pick<Caller, 'userId'> },
): Promise<{ items: Ticket[] }> {
  const rows = await findTickets(app.db, await findReceived(app.db, caller.userId));
  const shown = rows.map(async (ticket) => {
    const [order, event] = await Promise.all([
      readOrder(app, ticket.orderId),
      readEventSale(app, ticket.eventId),
    ]);
    return order && event ? [await showTicket(app, { ticket, order, event }, 'holder')] : [];
  });
  return { items: (await Promise.all(shown)).flat() };
}
