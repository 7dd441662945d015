import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readOwnTicket } from './own-tickets.ts';
import { hasCode } from './ticket.ts';
import { insertPaper } from './wallet-store.ts';

/** From now on the door takes the fixed code of this ticket too. Asking again changes nothing. */
export async function askForPaper(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<void> {
  const { ticket, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  if (event.ticketCodes === 'fixed') throw new Refused('codes_fixed');
  if (event.ticketCodes === 'rotating') throw new Refused('paper_not_allowed');
  if (!hasCode(ticket)) throw new Refused('ticket_not_admissible');
  await insertPaper(app.db, ticket.eventId, [ticket.id]);
}
