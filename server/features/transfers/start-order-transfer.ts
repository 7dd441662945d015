import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { type Refusal, refuse } from '../inventory/inventory.ts';
import { refuseDisputedMoney } from '../orders/disputed-exchanges.ts';
import { type LockedTicket, lockForHandOver } from '../tickets/hand-over.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { readOwnOrder } from '../tickets/own-tickets.ts';
import { refuseHeld } from '../tickets/ticket.ts';
import { isOffered, offerTickets, refuseOneself } from './offer-tickets.ts';
import { whyNotOffer } from './transfer.ts';

interface NewOrderTransfer {
  email: string;
  message?: string | undefined;
  tickets?: TicketId[] | undefined;
}

/**
 * Offers several tickets of the caller's order to one address, with one mail and one answer. Named tickets are offered all or
 * none. Without names it offers every ticket that the buyer still has and nobody else is offered.
 */
export async function startOrderTransfer(
  app: App,
  call: Call<{ orderId: OrderId }, undefined, NewOrderTransfer, 'holder'>,
): Promise<{ items: Transfer[] }> {
  const { caller, params, body } = call;
  const { order, event } = await readOwnOrder(app, caller, params.orderId);
  const sender = { name: order.buyerName, email: order.buyerEmail, language: order.language };
  const ofOrder = await readTicketsOfOrder(app.db, order.id);
  for (const ticket of ofOrder) refuseHeld(ticket);
  const ids = ofOrder.map(({ id }) => id);
  const named = new Set(body.tickets ?? ids);
  const wanted = ids.filter((id) => named.delete(id)).sort();
  if (named.size > 0) throw new Refused('ticket_not_of_order', { tickets: [...named] });
  if (order.origin === 'pass') throw new Refused('ticket_of_pass');
  return once(app, call, async (trx) => {
    const now = app.clock.now();
    const tickets: LockedTicket[] = [];
    for (const id of wanted) tickets.push(await lockForHandOver(trx, id));
    const disputed = await refuseDisputedMoney(trx, order);
    const refusals: Refusal[] = [];
    const free: LockedTicket[] = [];
    for (const ticket of tickets) {
      const gone = ticket.transferId === null ? null : refuse('ticket_transferred');
      const refused =
        gone ??
        whyNotOffer(ticket, event, disputed, now) ??
        ((await isOffered(trx, ticket.id, now)) ? refuse('transfer_pending') : null);
      if (refused) refusals.push(refused);
      else free.push(ticket);
    }
    const [first] = refusals;
    if (first && (body.tickets || free.length === 0)) throw new Refused(first.code, first.members);
    // An order that is not paid has no tickets.
    if (free.length === 0) throw new Refused('ticket_cancelled');
    await refuseOneself(app, { caller, sender, body });
    const acceptLanguage = call.header('accept-language');
    return { items: await offerTickets(app, trx, free, event, { caller, sender, body, acceptLanguage }) };
  });
}
