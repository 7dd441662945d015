import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { Money } from '../../../contract/money.ts';
import type { CancellationQuote } from '../../../contract/orders.ts';
import type { Ticket } from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { WantedTickets } from '../inventory/cancellation.ts';
import { quoteOf } from '../orders/orders.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { readKnownTicket, readOwnTicket } from '../tickets/own-tickets.ts';
import { showTicket } from '../tickets/show-ticket.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import { cancelByPolicy } from './cancel-by-policy.ts';
import { readCredits } from './read-credits.ts';

/** Says what would go back to the payer if the holder returned the ticket now. It changes nothing. */
export async function quoteReturn(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, undefined, 'holder'>,
): Promise<CancellationQuote> {
  const { ticket, order, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  const [tickets, credits] = await Promise.all([
    readTicketsOfOrder(app.db, order.id),
    readCredits(app, order),
  ]);
  const quote = quoteOf(order, tickets, wanted(ticket), event, app.clock.now(), credits);
  if ('code' in quote) throw new Refused(quote.code, quote.members);
  return quote;
}

/**
 * Cancels one ticket for its holder. The event's ledger decides by the refund policy of the order, and the money goes to
 * the payer. Ticket, order, refund and place change in one batch.
 */
export async function returnTicket(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, { refund?: Money | undefined } | undefined, 'holder'>,
): Promise<Ticket> {
  const { ticket, order } = await readOwnTicket(app, call.caller, call.params.ticketId);
  await cancelByPolicy(app, call, order, wanted(ticket));
  const { relation, ...after } = await readKnownTicket(app, call.caller, ticket.id);
  return showTicket(app, after, relation);
}

const wanted = ({ id, transferId }: TicketRow): WantedTickets => ({ tickets: [id], heldBy: transferId });
