import type { TicketId } from '../../../contract/ids.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readKnownTicket } from './own-tickets.ts';
import { showTicket } from './show-ticket.ts';

export async function getTicket(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<Ticket> {
  const { relation, ...own } = await readKnownTicket(app, call.caller, call.params.ticketId);
  return showTicket(app, own, relation);
}
