import type { OrderDispute } from '../../../contract/disputes.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import type { Credit } from '../inventory/credits.ts';
import { giftMinorOf } from '../inventory/gift-payment.ts';
import { orderIdOf, payBeforeOf } from '../inventory/inventory.ts';
import { placesOf } from '../inventory/places.ts';
import { offerFor } from '../inventory/refund.ts';
import { showLines, showOrderParts, showParts } from '../inventory/show-hold.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import { type OrderRecord, quoteOf, shownStatus } from '../orders/orders.ts';
import { showSoldAs } from '../orders/sold-as.ts';
import { readDisputesOf } from '../payments/list-disputes.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { orderFeeOf } from '../sale/split.ts';
import { listTicketsOfOrders, readTicketsOfOrder } from '../tickets/list-tickets.ts';
import { hasCode, isHeld, priceMinorOf } from '../tickets/ticket.ts';
import { readCredits } from './read-credits.ts';

type TicketRow =
  Awaited<ReturnType<typeof listTicketsOfOrders>> extends Map<unknown, (infer Row)[]> ? Row : never;

/**
 * Orders as their buyer sees them, with tickets. Only with `toBuyer` they have the link of an online event, because members of a team may
 * read orders who must not have it.
 */
export async function showOrders(
  app: App,
  orders: OrderRecord[],
  { toBuyer = false } = {},
): Promise<Order[]> {
  const now = app.clock.now();
  const eventIds = [...new Set(orders.map((order) => order.eventId))];
  const [tickets, ...sales] = await Promise.all([
    readTickets(app, orders),
    ...eventIds.map((eventId) => readEventSale(app, eventId)),
  ]);
  const byEvent = new Map(sales.flatMap((sale) => (sale ? [[sale.eventId, sale] as const] : [])));
  const disputed = orders.flatMap(({ id, hasDisputes }) => (hasDisputes ? [id] : []));
  const disputes = disputed.length > 0 ? await readDisputesOf(app, disputed) : null;
  const exchanges = orders.filter((order) => tradeInOf(order) !== undefined);
  const credits = new Map<OrderId, Credit[]>();
  for (const order of exchanges) credits.set(order.id, await readCredits(app, order));
  return orders.map((order) => {
    const sale = byEvent.get(order.eventId);
    if (!sale) throw new Error(`the order ${order.id} is for an event that is gone`);
    const own = tickets.get(order.id) ?? [];
    const shown = showOrder(order, sale, own, now, disputes?.get(order.id), credits.get(order.id));
    return toBuyer ? { ...shown, join: joinOf(own, sale) } : shown;
  });
}

/** Null unless the buyer still holds a valid or used ticket. */
const joinOf = (tickets: TicketRow[], { online, status }: EventSale): Order['join'] =>
  online && status !== 'cancelled' && tickets.some((ticket) => hasCode(ticket) && ticket.transferId === null)
    ? { url: online.url, note: online.note }
    : null;

/** The buyers of a rush read one order each, so these reads share a query. */
async function readTickets(app: App, orders: OrderRecord[]): Promise<Map<OrderId, TicketRow[]>> {
  const [order] = orders;
  if (order && orders.length === 1) return new Map([[order.id, await readTicketsOfOrder(app.db, order.id)]]);
  return listTicketsOfOrders(
    app.db,
    orders.map(({ id }) => id),
  );
}

function exchangeOf({ lines, expiresAt }: OrderRecord): Order['exchangeOf'] {
  const tradeIn = tradeInOf({ lines });
  if (!tradeIn) return null;
  const { holdId, ticketId, asked } = tradeIn;
  return {
    orderId: orderIdOf(holdId),
    ticketId,
    askedUntil: asked ? payBeforeOf({ expiresAt }).toISOString() : null,
  };
}

/** Until when the order's tickets wait for a look at it. */
function reviewOf(tickets: TicketRow[]): Order['review'] {
  const until = tickets.find(isHeld)?.heldUntil;
  return until ? { until: until.toISOString() } : null;
}

/** One order as its buyer sees it. */
export function showOrder(
  order: OrderRecord,
  sale: EventSale,
  tickets: TicketRow[],
  now: Date,
  disputes: OrderDispute[] = [],
  credits: Credit[] = [],
): Order {
  const quote = quoteOf(order, tickets, { tickets: 'all' }, sale, now, credits);
  const offer = order.status === 'confirmed' ? offerFor(order.soldAs, sale.refundOffers, now) : null;
  const { currency } = order;
  return {
    id: order.id,
    number: order.number,
    status: shownStatus(order, sale.endsAt, now),
    event: {
      id: sale.eventId,
      slug: sale.slug,
      title: sale.title,
      coverUrl: sale.coverUrl,
      startsAt: sale.startsAt.toISOString(),
      endsAt: sale.endsAt.toISOString(),
      timeZone: sale.timeZone,
      venueName: sale.venueName,
      city: sale.city,
      cancellation: sale.cancellation,
      ticketCodes: sale.ticketCodes,
    },
    soldAs: showSoldAs(order.soldAs),
    buyer: { name: order.buyerName, email: order.buyerEmail },
    lines: showLines(order.eventId, order.lines, currency),
    orderFee: { amount: orderFeeOf(order.lines).feeMinor, currency },
    parts: showOrderParts(order.lines, currency),
    total: { amount: order.totalMinor, currency },
    giftCardAmount: { amount: giftMinorOf(order.lines), currency },
    refunded: { amount: order.refundedMinor, currency },
    disputes,
    refundOffer: offer && { until: offer.toISOString() },
    cancellation: 'code' in quote ? null : quote,
    holdId: order.holdId,
    origin: order.origin,
    exchangeOf: exchangeOf(order),
    review: reviewOf(tickets),
    join: null,
    payBy: order.payBy,
    expiresAt: order.expiresAt.toISOString(),
    problem: order.problem,
    createdAt: order.createdAt.toISOString(),
    confirmedAt: order.confirmedAt?.toISOString() ?? null,
    tickets: tickets.map((ticket) => ({
      id: ticket.id,
      status: ticket.status,
      ticketTypeName: ticket.ticketTypeName,
      ...collectOf(order.lines, ticket),
      place: ticket.place,
      attendeeName: ticket.transferId === null ? ticket.attendeeName : null,
      issue: ticket.issue,
      isTransferred: ticket.transferId !== null,
      isOnResale: ticket.resaleId !== null && ticket.status === 'valid',
      price: { amount: priceMinorOf(ticket), currency },
      refunded: { amount: ticket.refundedMinor, currency },
      priceParts: showParts(ticket.price, currency),
    })),
  };
}

/** How the buyer gets an extra; nothing for a ticket that admits somebody. */
function collectOf(lines: OrderRecord['lines'], { position }: Pick<TicketRow, 'position'>) {
  const collect = placesOf(lines)[position]?.line.collect;
  return collect && { collect };
}
