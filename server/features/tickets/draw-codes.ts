import type { DoorSale } from '../../../contract/door-sales.ts';
import type { App } from '../../app.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { readAdmissibleTickets } from './own-tickets.ts';
import { qrSvg } from './qr.ts';
import { paperCodeOf } from './ticket.ts';
import { insertPaper } from './wallet-store.ts';

/** Draws the QR code of each ticket of an order that admits somebody. */
export async function drawCodes(
  app: App,
  order: Pick<OrderRecord, 'id' | 'number' | 'eventId'>,
): Promise<DoorSale['codes']> {
  const [tickets, event] = await Promise.all([
    readAdmissibleTickets(app, order.id),
    readEventSale(app, order.eventId),
  ]);
  // Who buys at the door photographs the code or has it printed, and may have no account.
  if (event && event.ticketCodes !== 'fixed')
    await insertPaper(
      app.db,
      event.eventId,
      tickets.map(({ id }) => id),
    );
  return tickets.flatMap((ticket) => {
    const code = paperCodeOf(app.signer, ticket);
    if (code === null) return [];
    return [{ ticketId: ticket.id, svg: qrSvg(code, `Ticket ${order.number}-${ticket.position + 1}`) }];
  });
}
