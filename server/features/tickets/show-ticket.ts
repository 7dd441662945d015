import type { ResaleId } from '../../../contract/ids.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import { readResale } from '../inventory/read-resales.ts';
import { resaleEndOf } from '../inventory/resale.ts';
import { showResale } from '../inventory/show-resale.ts';
import type { Relation } from './holds-ticket.ts';
import type { OwnTicket } from './own-tickets.ts';
import { toTicket } from './ticket.ts';

/** A ticket as its holder sees it, or the buyer who has passed it on. Only a ticket on resale needs a query. */
export async function showTicket(
  app: Pick<App, 'db' | 'signer' | 'clock'>,
  { ticket, order, event }: OwnTicket,
  relation: Exclude<Relation, 'stranger'>,
): Promise<Ticket> {
  const isOpen = ticket.resaleId !== null && ticket.status === 'valid';
  const resale = isOpen ? await readResale(app, ticket.resaleId as ResaleId) : null;
  const shown =
    resale?.status === 'offered' ? showResale(resale, resaleEndOf(event, resale.ticketTypeId)) : null;
  return toTicket(app.signer, ticket, order, event, relation, shown, app.clock.now());
}
