import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { OfferedTicket } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { showTicketEvent } from '../tickets/ticket.ts';
import { readGroup } from './end-offer.ts';
import { findBySecret } from './find-by-secret.ts';
import { shownOf, showTransfer, statusOf } from './transfer.ts';

/** Shows an offer to a person with its secret: the event and the places, and never the code of a ticket. */
export async function readTransfer(
  app: App,
  call: { params: { transferId: TransferId }; body: { secret: string } },
): Promise<OfferedTicket> {
  const offered = await readGroup(app.db, await findBySecret(app, call));
  const now = app.clock.now();
  const open = offered.filter((row) => statusOf(row, now) === 'pending');
  const row = open[0] ?? shownOf(offered);
  const shown = open.length > 0 ? open : offered;
  const [event, ...tickets] = await Promise.all([
    readEventSale(app, row.eventId),
    ...shown.map(({ ticketId }) => readTicket(app.db, ticketId)),
  ]);
  if (!event) throw new Refused('not_found');
  return {
    transfer: showTransfer(row, now),
    event: showTicketEvent(event),
    tickets: tickets.flatMap((ticket) =>
      ticket ? [{ ticketTypeName: ticket.ticketTypeName, place: ticket.place }] : [],
    ),
  };
}
