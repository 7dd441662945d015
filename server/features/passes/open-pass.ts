import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { PassWallet } from '../../../contract/wallet-passes.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { placesOf } from '../inventory/places.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { notPrinted } from '../tickets/printable.ts';
import { hasCode } from '../tickets/ticket.ts';
import { holderOf } from '../transfers/holder-of.ts';
import type { PassRow } from './pass.ts';
import { makes, type SaidPass, sayPass } from './say-pass.ts';
import { findPassOfTicket, putPass } from './store.ts';

/** Makes the pass of a ticket for its holder, or finds it, in the language of the holder's mails. */
export async function openPass(
  app: App,
  caller: Caller,
  ticketId: TicketId,
  wallet: PassWallet,
): Promise<{ pass: PassRow; said: SaidPass }> {
  const own = await readOwnTicket(app, caller, ticketId);
  if (!makes(app, wallet)) throw new Refused('passes_off');
  const { ticket, order, event } = own;
  const now = app.clock.now();
  // A pass of an extra would look like a ticket.
  const isExtra = placesOf(order.lines)[ticket.position]?.line.collect !== undefined;
  if (!hasCode(ticket) || isExtra || event.status === 'cancelled') throw new Refused('ticket_not_admissible');
  if (event.endsAt <= now) throw new Refused('event_over');
  const { issue, eventId } = ticket;
  const known = await findPassOfTicket(app.db, ticket.id, issue, wallet);
  const language = known?.language ?? (await holderOf(app, own)).language;
  const said = await sayPass(app, { issue, language, wallet }, own);
  // Everything else that voids a pass was refused above.
  if (said.facts.voidBecause !== null) throw notPrinted(event);
  const id = known?.id ?? app.newId('pass');
  const { digest } = said;
  const pass = await putPass(
    app.db,
    { id, eventId, orderId: order.id, ticketId: ticket.id, issue, wallet, language, digest },
    now,
  );
  return { pass, said };
}
