import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { noteTicketOpening } from '../tickets/note-ticket-opening.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { toTicket } from '../tickets/ticket.ts';
import { findBySecret } from './find-by-secret.ts';

/** Opens a received ticket with the secret of its mail: from now on the caller acts as its holder. */
export async function openTransfer(
  app: App,
  call: { caller: Caller; params: { transferId: TransferId }; body: { secret: string } },
): Promise<Ticket> {
  const { id, ticketId, endedAs } = await findBySecret(app, call);
  if (endedAs !== 'accepted') throw new Refused('transfer_not_accepted');
  const found = await readTicket(app.db, ticketId);
  if (found?.transferId !== id) throw new Refused('ticket_transferred');
  if (found.holderId !== call.caller.userId) await noteTicketOpening(app, call.caller.userId, found);
  const { ticket, order, event } = await readOwnTicket(app, call.caller, ticketId);
  return toTicket(app.signer, ticket, order, event, 'holder');
}
