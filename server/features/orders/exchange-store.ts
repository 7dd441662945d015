import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import type { StoredExchange } from './list-exchanges.ts';

// An array in a row of unnest must have one length for all rows, so the ids of the earlier orders travel as one text.
const insertSql = `
  insert into ticket_exchanges (order_id, event_id, ticket_id, from_order_id, credit_order_ids, asked_by, asked_by_id,
    created_at, from_event_id)
  select order_id, event_id, ticket_id, from_order_id, string_to_array(credits, ' '), asked_by, asked_by_id, $7, from_event_id
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $8::text[], $9::text[])
    as placed (order_id, event_id, ticket_id, from_order_id, credits, asked_by, asked_by_id, from_event_id)`;

/** Writes which tickets these orders replace, in the transaction that places the orders. */
export function insertExchanges(trx: Writes, swapped: Facts['swapped'], now: Date): void {
  if (swapped.length === 0) return;
  trx.write(insertSql, [
    swapped.map(({ hold }) => orderIdOf(hold.id)),
    swapped.map(({ hold }) => hold.eventId),
    swapped.map(({ command }) => command.ticketId),
    swapped.map(({ command }) => orderIdOf(command.holdId)),
    swapped.map(({ hold }) =>
      (tradeInOf(hold)?.credits ?? []).map(({ holdId }) => orderIdOf(holdId)).join(' '),
    ),
    swapped.map(({ command }) => command.by),
    now,
    swapped.map(({ command: { actor } }) =>
      actor && 'caller' in actor ? (actor.caller?.userId ?? null) : null,
    ),
    swapped.map(({ hold, command }) => command.from?.eventId ?? hold.eventId),
  ]);
}

// A cancellation by an exchange has the instant at which the exchange was finished, because one batch writes both.
const ofOrderSql = `
  select exchange.order_id as "toOrderId", exchange.from_order_id as "fromOrderId", exchange.ticket_id as "ticketId",
    exchange.asked_by as "askedBy", exchange.asked_by_id as "askedById", exchange.created_at as "createdAt", orders.status,
    orders.confirmed_at as "confirmedAt", orders.total_minor as "totalMinor", orders.currency, orders.lines,
    orders.buyer_name as "buyerName",
    (select coalesce(jsonb_agg(jsonb_build_object('orderId', order_id, 'shares', shares)), '[]') from cancellations
      where cancellations.order_id = any(exchange.credit_order_ids) and cause = 'exchanged'
        and cancellations.created_at = orders.confirmed_at) as returned
  from ticket_exchanges exchange
    join orders on orders.id = exchange.order_id and orders.event_id = exchange.event_id
  where (exchange.order_id = $1 and exchange.event_id = $2) or (exchange.from_order_id = $1 and exchange.from_event_id = $2)
  order by exchange.created_at, exchange.order_id`;

/** Reads the exchanges of an order's tickets, and the exchange by which the order came. */
export const selectExchanges = (
  db: Queryable,
  orderId: OrderId,
  eventId: EventId,
): Promise<StoredExchange[]> => db.query<StoredExchange>(ofOrderSql, [orderId, eventId]);
