import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { ResaleQuote } from '../../../contract/resale-shapes.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { refuseDisputed } from '../inventory/disputed.ts';
import { resaleEndOf, resaleTerms, whyNotResell } from '../inventory/resale.ts';
import { refuseTerms } from '../inventory/resell.ts';
import { readOwnTicket } from '../tickets/own-tickets.ts';
import { hasOpenOffer } from '../transfers/has-open-offer.ts';
import { readCredits } from './read-credits.ts';

/** Says what offering the caller's ticket for resale would mean now, or refuses as the offer would. It changes nothing. */
export async function quoteResale(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, undefined, 'holder'>,
): Promise<ResaleQuote> {
  const { ticket, order, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  const { transferId, ticketTypeId } = ticket;
  if (order.origin === 'pass') throw new Refused('ticket_of_pass');
  const code = whyNotResell(ticket, event, { transferId, ticketTypeId }, app.clock.now());
  if (code) throw new Refused(code);
  if (await hasOpenOffer(app, ticket.id)) throw new Refused('transfer_pending');
  const credits = await readCredits(app, order);
  for (const each of [order, ...credits.map((credit) => credit.order)]) {
    const disputed = refuseDisputed(each, each.currency);
    if (disputed) throw new Refused(disputed.code, disputed.members);
  }
  const paid = [
    { lines: order.lines, ticket },
    ...credits.map(({ hold, ticket: each }) => ({ lines: hold.lines, ticket: each })),
  ];
  const terms = resaleTerms(paid, event);
  if ('code' in terms) {
    const refused = refuseTerms(terms, event.currency);
    throw new Refused(refused.code, refused.members);
  }
  const money = (amount: number) => ({ amount, currency: event.currency });
  return {
    price: money(terms.priceMinor),
    back: money(terms.backMinor),
    fee: money(terms.feeMinor),
    until: resaleEndOf(event, ticketTypeId).toISOString(),
  };
}
