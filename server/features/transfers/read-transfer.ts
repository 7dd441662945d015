import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { OfferedTicket } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { showTicketEvent } from '../tickets/ticket.ts';
import { findBySecret } from './find-by-secret.ts';
import { showTransfer } from './transfer.ts';

/** Shows an offer to a person with its secret: the event and the place, and never the code of the ticket. */
export async function readTransfer(
  app: App,
  call: { params: { transferId: TransferId }; body: { secret: string } },
): Promise<OfferedTicket> {
  const row = await findBySecret(app, call);
  const [event, ticket] = await Promise.all([
    readEventSale(app, row.eventId),
    readTicket(app.db, row.ticketId),
  ]);
  if (!event || !ticket) throw new Refused('not_found');
  return {
    transfer: showTransfer(row, app.clock.now()),
    event: showTicketEvent(event),
    ticketTypeName: ticket.ticketTypeName,
    place: ticket.place,
  };
}
