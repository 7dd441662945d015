import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { noteTicketOpening } from '../tickets/note-ticket-opening.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { showTicket } from '../tickets/show-ticket.ts';
import { readGroup } from './end-offer.ts';
import { findBySecret } from './find-by-secret.ts';
import { shownOf } from './transfer.ts';

/** Opens the received tickets of a mail with its secret: from now on the caller acts as their holder. Answers with one of them. */
export async function openTransfer(
  app: App,
  call: { caller: Caller; params: { transferId: TransferId }; body: { secret: string } },
): Promise<Ticket> {
  const rows = await readGroup(app.db, await findBySecret(app, call));
  const { id, ticketId, endedAs, heldBy } = shownOf(rows);
  if (endedAs !== 'accepted') throw new Refused('transfer_not_accepted');
  if (heldBy !== id) throw new Refused('ticket_transferred');
  for (const row of rows) {
    const found = row.heldBy === row.id ? await readTicket(app.db, row.ticketId) : null;
    if (found?.transferId === row.id && found.holderId !== call.caller.userId)
      await noteTicketOpening(app, call.caller.userId, found);
  }
  const own = await readOwnTicket(app, call.caller, ticketId);
  if (own.ticket.transferId !== id) throw new Refused('ticket_transferred');
  return showTicket(app, own, 'holder');
}
