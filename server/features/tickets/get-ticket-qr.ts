import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readOwnTicket } from './own-tickets.ts';
import { qrSvg } from './qr.ts';
import { codeOf } from './ticket.ts';

export async function getTicketQr(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<Raw> {
  const { ticket, order, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  const code = codeOf(app.signer, ticket, event, app.clock.now());
  if (code === null) throw new Refused('ticket_not_admissible');
  // An SVG can contain scripts. These headers keep a page that shows the picture from running any.
  return new Raw(qrSvg(code, `Ticket ${order.number}-${ticket.position + 1} for ${event.title}`), {
    'content-type': 'image/svg+xml; charset=utf-8',
    'cache-control': 'private, no-cache',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
}
