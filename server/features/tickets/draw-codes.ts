import type { DoorSale } from '../../../contract/door-sales.ts';
import type { App } from '../../app.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readAdmissibleTickets } from './own-tickets.ts';
import { qrSvg } from './qr.ts';
import { codeOf } from './ticket.ts';

/** Draws the QR code of each ticket of an order that admits somebody. */
export async function drawCodes(
  app: App,
  order: Pick<OrderRecord, 'id' | 'number'>,
): Promise<DoorSale['codes']> {
  const tickets = await readAdmissibleTickets(app, order.id);
  return tickets.flatMap((ticket) => {
    const code = codeOf(app.signer, ticket);
    if (code === null) return [];
    return [{ ticketId: ticket.id, svg: qrSvg(code, `Ticket ${order.number}-${ticket.position + 1}`) }];
  });
}
