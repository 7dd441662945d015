import { Refused } from '../../../contract/errors.ts';
import type { NewExchange } from '../../../contract/exchanges.ts';
import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { Payment } from '../../../contract/payments.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { areDatesOfOneRun } from '../inventory/other-date.ts';
import type { Wants } from '../inventory/wants.ts';
import { noteOpening } from '../orders/note-opening.ts';
import { readOrder } from '../orders/read-order.ts';
import { openPayment } from '../payments/open-payment.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { refuseHeld } from '../tickets/ticket.ts';
import { hasOpenOffer } from '../transfers/has-open-offer.ts';
import { holderOf } from '../transfers/holder-of.ts';
import { checkReturnUrl } from './place-order.ts';
import { showOrders } from './show-orders.ts';

/**
 * Exchanges a ticket for another place, of its event or of another date, for its holder or a manager of the event. The ledger of the
 * new place holds it and orders it for the difference. If the difference is to be paid, the payment finishes the exchange (inventory/swap.ts).
 */
export async function exchangeTicket(
  app: App,
  call: Call<{ ticketId: TicketId }, undefined, NewExchange, 'holder-or-team'>,
): Promise<{ order: Order; payment: Payment | null }> {
  const { caller, params, body } = call;
  if (body.returnUrl !== undefined) checkReturnUrl(app, body.returnUrl);
  const ticket = await readTicket(app.db, params.ticketId);
  const [event, old] = ticket
    ? await Promise.all([readEventSale(app, ticket.eventId), readOrder(app, ticket.orderId)])
    : [];
  if (!ticket || !event || !old) throw new Refused('not_found');
  const date = await readDate(app, event, body.eventId);
  const by = await roleOf(app, caller, ticket.id, event);
  if (body.askHolder && by === 'holder')
    throw new Refused('invalid_request', { detail: 'askHolder is for the team. A holder pays at once.' });
  refuseHeld(ticket);
  if (await hasOpenOffer(app, ticket.id)) throw new Refused('transfer_pending');
  const holder = await holderOf(app, { ticket, order: old });
  const outcome = await app.ledger.submit(date.eventId, {
    kind: 'swap',
    holdId: old.holdId,
    ticketId: ticket.id,
    transferId: ticket.transferId,
    newHoldId: app.newId('hold'),
    buyerId: holder.userId,
    ...(date !== event && { from: event }),
    wants: wantsOf(body, date),
    order: {
      buyerName: holder.name,
      buyerEmail: holder.email,
      mailbox: app.marks.ofMailbox(holder.email),
      attendees: ticket.attendeeName === null ? null : [{ name: ticket.attendeeName }],
      // The provider's page would send the holder to where the manager is.
      returnUrl: (by === 'holder' && body.returnUrl) || null,
      language: holder.language,
    },
    by,
    ...(body.askHolder && { payWithinMs: body.askHolder.withinHours * 3_600_000 }),
    actor: by === 'organiser' ? call : null,
    retry: call.retry,
  });
  if (outcome.kind === 'refused') throw new Refused(outcome.code, outcome.members);
  if (outcome.kind !== 'ordered') throw new Error(`an exchange came out as ${outcome.kind}`);
  const order = await readOrder(app, orderIdOf(outcome.hold.id));
  if (!order) throw new Error(`the order of ${outcome.hold.id} was placed and is not there`);
  // Somebody who has opened the old order by its link sees the order of the exchange too.
  if (by === 'holder' && holder.userId !== caller.userId) await noteOpening(app, caller.userId, order);
  // Only the holder pays: a manager who asks for money gets no payment.
  const pays = by === 'holder' && order.totalMinor > 0 && order.status === 'pending';
  const payment = pays ? await openPayment(app, order) : null;
  const [shown] = await showOrders(app, [order]);
  return { order: shown as Order, payment };
}

/** The event of the new place: the ticket's own, or another date of its run. */
export async function readDate(app: App, event: EventSale, eventId: EventId | undefined): Promise<EventSale> {
  if (eventId === undefined || eventId === event.eventId) return event;
  const date = await readEventSale(app, eventId);
  // An event that is no date of the run may be somebody's draft, so the answer says nothing about it.
  if (!date || date.status === 'draft' || !areDatesOfOneRun(event, date))
    throw new Refused('not_another_date');
  return date;
}

/** Whether the caller acts as the holder, who needs the permission of the event, or as a manager of the event. */
export async function roleOf(
  app: App,
  caller: Caller,
  ticketId: TicketId,
  event: EventSale,
): Promise<'holder' | 'organiser'> {
  const relation = await readRelation(app, caller, ticketId);
  if (relation === 'holder') return 'holder';
  await requireEventCapability(app, caller, event.eventId, 'orders.exchange').catch((error: unknown) => {
    throw relation === 'payer' && error instanceof Refused ? new Refused('ticket_transferred') : error;
  });
  return 'organiser';
}

function wantsOf({ ticketTypeId, seatId }: NewExchange, event: EventSale): Wants {
  if (seatId !== undefined) return { kind: 'seats', seats: [{ seatId, ticketTypeId }] };
  if (ticketTypeId === undefined) throw new Refused('invalid_request');
  const type = event.ticketTypes.find(({ id }) => id === ticketTypeId);
  return type?.zone
    ? { kind: 'best', ticketTypeId, quantity: 1 }
    : { kind: 'items', items: [{ ticketTypeId, quantity: 1 }] };
}
