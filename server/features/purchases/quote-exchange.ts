import { Refused } from '../../../contract/errors.ts';
import type { ExchangeQuote } from '../../../contract/exchanges.ts';
import { type EventId, seatId, type TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { notOnSale } from '../inventory/choose-lines.ts';
import { exchangeOptions } from '../inventory/exchange-options.ts';
import { placesOf } from '../inventory/places.ts';
import { readLive } from '../inventory/read-live.ts';
import { leftOfTicket, whyNotExchange } from '../inventory/trade-in.ts';
import { refuseDisputedMoney } from '../orders/disputed-exchanges.ts';
import { findPendingExchange } from '../orders/pending-exchange.ts';
import { readOrder } from '../orders/read-order.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { listDates } from '../sale/list-dates.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import { hasOpenOffer } from '../transfers/has-open-offer.ts';
import { readDate, roleOf } from './exchange-ticket.ts';
import { readCredits } from './read-credits.ts';

/**
 * Says for which ticket types a ticket can be exchanged now, and what each costs or gives back. It changes nothing. If the
 * ticket cannot be exchanged at all, it refuses as the exchange would.
 */
export async function quoteExchange(
  app: App,
  {
    caller,
    params,
    query,
  }: Call<{ ticketId: TicketId }, { eventId?: EventId | undefined }, undefined, 'holder-or-team'>,
): Promise<ExchangeQuote> {
  const now = app.clock.now();
  const ticket = await readTicket(app.db, params.ticketId);
  const [event, order] = ticket
    ? await Promise.all([readEventSale(app, ticket.eventId), readOrder(app, ticket.orderId)])
    : [];
  if (!ticket || !event || !order) throw new Refused('not_found');
  const by = await roleOf(app, caller, ticket.id, event);
  if (order.origin === 'pass') throw new Refused('ticket_of_pass');
  const date = await readDate(app, event, query.eventId);
  if (await hasOpenOffer(app, ticket.id)) throw new Refused('transfer_pending');
  const code = whyNotExchange(ticket, event, { transferId: ticket.transferId, by }, now);
  if (code) throw new Refused(code);
  const dates = await listDates(app.db, event, now);
  const closed = by === 'holder' ? notOnSale(date, now) : null;
  // Whoever can only choose another date must see the dates.
  const isElsewhere = date === event && dates.length > 0 && closed?.code === 'sale_ended';
  const refused = (!isElsewhere && closed) || (await refuseDisputedMoney(app.db, order));
  if (refused) throw new Refused(refused.code, refused.members);
  const place = placesOf(order.lines)[ticket.position];
  if (!place) throw new Error(`the order ${order.id} has no place ${ticket.position}`);
  const [tickets, earlier, pending, live] = await Promise.all([
    readTicketsOfOrder(app.db, order.id),
    readCredits(app, order),
    findPendingExchange(app.db, ticket.id),
    readLive(app, date.eventId),
  ]);
  const own = {
    hold: { id: order.holdId, eventId: order.eventId, lines: order.lines },
    order: { ...order, tickets },
    ticket,
    leftMinor: leftOfTicket(order.lines, ticket),
  };
  const { paidMinor, mostBackMinor, options } = exchangeOptions(date, {
    from: event,
    place,
    credits: [own, ...earlier],
    by,
    pools: new Map(live?.pools.map((pool) => [pool.id, pool])),
    now,
  });
  const money = (amount: number) => ({ amount, currency: order.currency });
  return {
    eventId: date.eventId,
    dates: dates.map(({ startsAt, endsAt, ...other }) => ({
      ...other,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    ticketTypeId: place.line.ticketTypeId,
    seatId: place.seat === null ? null : seatId(event.eventId, place.seat),
    paid: money(paidMinor),
    mostBack: money(mostBackMinor),
    until: event.exchanges.until?.toISOString() ?? null,
    pending: pending && { ...pending, expiresAt: pending.expiresAt.toISOString() },
    options: options.map(({ ticketTypeId, keepsPlace, refused: why, ...minor }) => ({
      ticketTypeId,
      price: money(minor.priceMinor),
      pay: money(minor.payMinor),
      back: money(minor.backMinor),
      dearer: money(minor.dearerMinor),
      keepsPlace,
      refused: isElsewhere ? 'sale_ended' : why,
    })),
  };
}
