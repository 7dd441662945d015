import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';

/** Takes the caller's ticket back from resale. A ticket that is not offered is no error, and a sold one is. */
export async function withdrawResale(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, undefined, 'holder'>,
): Promise<undefined> {
  const { ticket, order } = await readOwnTicket(app, call.caller, call.params.ticketId);
  if (ticket.status === 'cancelled') throw new Refused('ticket_cancelled');
  const outcome = await app.ledger.submit(ticket.eventId, {
    kind: 'withdraw-resale',
    holdId: order.holdId,
    ticketId: ticket.id,
    transferId: ticket.transferId,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
}
