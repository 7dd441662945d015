import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { EventSale } from '../sale/event-sale.ts';
import type { TicketRow } from './ticket.ts';
import { selectWallets } from './wallet-store.ts';

/** Those of these tickets of one event that may be printed: all, or those on paper if the codes of the event turn. */
export async function printableOf(
  app: Pick<App, 'db'>,
  { eventId, ticketCodes }: Pick<EventSale, 'eventId' | 'ticketCodes'>,
  tickets: TicketRow[],
): Promise<TicketRow[]> {
  if (ticketCodes === 'fixed' || tickets.length === 0) return tickets;
  const wallets = await selectWallets(
    app.db,
    eventId,
    tickets.map(({ id }) => id),
  );
  const onPaper = new Set(wallets.flatMap(({ ticket_id, paper }) => (paper ? [ticket_id] : [])));
  return tickets.filter(({ id }) => onPaper.has(id));
}

/** Why a ticket that admits somebody is not printed. */
export const notPrinted = ({ ticketCodes }: Pick<EventSale, 'ticketCodes'>): Refused =>
  new Refused(ticketCodes === 'rotating' ? 'paper_not_allowed' : 'paper_not_asked');
