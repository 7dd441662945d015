import type { TicketEvent } from '../../../contract/ticket-history.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import { readNames } from '../accounts/read-names.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { readResalesOf } from '../inventory/read-resales.ts';
import { type Resale, resaleEndOf } from '../inventory/resale.ts';
import { showResale } from '../inventory/show-resale.ts';
import { type Exchange, listExchanges } from '../orders/list-exchanges.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import { listTransfersOfOrder } from '../transfers/list-transfers.ts';
import { listRenames } from '../transfers/rename-attendee.ts';

/** Reads what happened to the tickets of an order: transfers, renames, exchanges and resales. */
export async function readTicketEvents(app: App, order: OrderRecord): Promise<TicketEvent[]> {
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
  return [
    ...transfers.flatMap(showTransfer),
    ...renames.map(({ ticketId, byRole, byUserId, fromName, toName, createdAt }) => ({
      kind: 'rename' as const,
      at: createdAt.toISOString(),
      ticketId,
      by: byRole,
      byName: names.get(byUserId) || null,
      rename: { from: fromName, to: toName },
    })),
    ...resales.flatMap((resale) => (event ? [showOffer(resale, event)] : [])),
    ...exchanges.map((exchange) => showExchange(exchange, tickets.get(exchange.fromOrderId) ?? [], names)),
  ];
}

/** The acts of the audit log that the events of tickets tell already. */
export const actsOfTicketEvents: readonly string[] = ['ticket.renamed', 'ticket.exchanged'];

/** The offer, and its end. */
function showTransfer(transfer: Transfer): TicketEvent[] {
  const { ticketId, createdAt, endedAt, status, from, to } = transfer;
  const common = { kind: 'transfer' as const, ticketId, by: 'holder' as const, transfer };
  const offered = { ...common, at: createdAt, became: 'offered' as const, byName: from.name || null };
  if (!endedAt || status === 'pending') return [offered];
  const isBySender = status === 'withdrawn';
  const byName = isBySender ? from.name : status === 'accepted' ? to.name : null;
  return [offered, { ...common, at: endedAt, became: status, byName: byName || null }];
}

function showOffer(resale: Resale, event: EventSale): TicketEvent {
  const { ticketId, ...shown } = showResale(resale, resaleEndOf(event, resale.ticketTypeId));
  const boughtBy = resale.status === 'sold' ? resale.buyerHoldId : null;
  return {
    kind: 'resale',
    at: shown.offeredAt,
    ticketId,
    by: 'holder',
    byName: null,
    resale: { ...shown, toOrderId: boughtBy && orderIdOf(boughtBy) },
  };
}

function showExchange(exchange: Exchange, tickets: TicketRow[], names: Map<string, string>): TicketEvent {
  const { askedBy, askedById, status, confirmedAt, totalMinor, backMinor, currency, lines } = exchange;
  const old = tickets.find(({ id }) => id === exchange.ticketId);
  const [line] = lines;
  const ended = status === 'pending' ? 'pending' : 'ended';
  return {
    kind: 'exchange',
    at: exchange.createdAt.toISOString(),
    ticketId: exchange.ticketId,
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
