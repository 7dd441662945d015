import { Refused } from '../../../contract/errors.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { TicketEvent } from '../../../contract/ticket-history.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readNames } from '../accounts/read-names.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { readResalesOf } from '../inventory/read-resales.ts';
import { type Resale, resaleEndOf } from '../inventory/resale.ts';
import { showResale } from '../inventory/show-resale.ts';
import { type Exchange, listExchanges } from '../orders/list-exchanges.ts';
import { readOrder } from '../orders/read-order.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import { listTransfersOfOrder } from '../transfers/list-transfers.ts';
import { listRenames } from '../transfers/rename-attendee.ts';

/** Lists what happened to the tickets of an order, for the team of its event. */
export async function listTicketHistory(
  app: App,
  { caller, params }: Call<{ orderId: OrderId }, undefined, undefined, 'team'>,
): Promise<{ items: TicketEvent[] }> {
  const order = await readOrder(app, params.orderId);
  if (!order) throw new Refused('not_found');
  await requireEventCapability(app, caller, order.eventId, 'orders.read');
  const [transfers, renames, exchanges, resales, event] = await Promise.all([
    listTransfersOfOrder(app, order.id),
    listRenames(app.db, order.id),
    listExchanges(app.db, order),
    readResalesOf(app, order.id),
    readEventSale(app, order.eventId),
  ]);
  const askers = [
    ...renames.map(({ byUserId }) => byUserId),
    ...exchanges.flatMap(({ askedById }) => askedById ?? []),
  ];
  const [names, tickets] = await Promise.all([
    readNames(app.db, [...new Set(askers)]),
    listTicketsOfOrders(app.db, [...new Set(exchanges.map(({ fromOrderId }) => fromOrderId))]),
  ]);
  const items: TicketEvent[] = [
    ...transfers.map((transfer) => ({
      ...nothing,
      at: transfer.createdAt,
      ticketId: transfer.ticketId,
      kind: 'transfer' as const,
      byName: transfer.from.name || null,
      transfer,
    })),
    ...renames.map(({ ticketId, byRole, byUserId, fromName, toName, createdAt }) => ({
      ...nothing,
      at: createdAt.toISOString(),
      ticketId,
      kind: 'rename' as const,
      by: byRole,
      byName: names.get(byUserId) || null,
      rename: { from: fromName, to: toName },
    })),
    ...resales.flatMap((resale) => (event ? [showOffer(resale, event)] : [])),
    ...exchanges.map((exchange) => showExchange(exchange, tickets.get(exchange.fromOrderId) ?? [], names)),
  ];
  return { items: items.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

const nothing = {
  by: 'holder',
  byName: null,
  transfer: null,
  rename: null,
  exchange: null,
  resale: null,
} as const;

function showOffer(resale: Resale, event: EventSale): TicketEvent {
  const { ticketId, ...shown } = showResale(resale, resaleEndOf(event, resale.ticketTypeId));
  const boughtBy = resale.status === 'sold' ? resale.buyerHoldId : null;
  return {
    ...nothing,
    at: shown.offeredAt,
    ticketId,
    kind: 'resale',
    resale: { ...shown, toOrderId: boughtBy && orderIdOf(boughtBy) },
  };
}

function showExchange(exchange: Exchange, tickets: TicketRow[], names: Map<string, string>): TicketEvent {
  const { askedBy, askedById, status, confirmedAt, totalMinor, backMinor, currency, lines } = exchange;
  const old = tickets.find(({ id }) => id === exchange.ticketId);
  const [line] = lines;
  const ended = status === 'pending' ? 'pending' : 'ended';
  return {
    ...nothing,
    at: exchange.createdAt.toISOString(),
    ticketId: exchange.ticketId,
    kind: 'exchange',
    by: askedBy,
    byName: (askedById === null ? exchange.buyerName : names.get(askedById)) || null,
    exchange: {
      fromOrderId: exchange.fromOrderId,
      toOrderId: exchange.toOrderId,
      from: { ticketTypeName: old?.ticketTypeName ?? '', place: old?.place ?? null },
      to: { ticketTypeName: line?.name ?? '', place: line?.seatNames?.[0] ?? null },
      status: confirmedAt === null ? ended : 'done',
      pay: { amount: totalMinor, currency },
      back: { amount: backMinor, currency },
    },
  };
}
