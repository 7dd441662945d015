import type { HoldId, OrderId, TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

interface PendingExchange {
  orderId: OrderId;
  holdId: HoldId;
  expiresAt: Date;
}

const pendingSql = `
  select orders.id as "orderId", orders.hold_id as "holdId", orders.expires_at as "expiresAt"
  from ticket_exchanges exchange
    join orders on orders.id = exchange.order_id and orders.event_id = exchange.event_id
  where exchange.ticket_id = $1 and orders.status = 'pending'
  limit 1`;

/** The exchange of a ticket that waits for its payment; null if there is none. */
export const findPendingExchange = async (
  db: Queryable,
  ticketId: TicketId,
): Promise<PendingExchange | null> => (await db.query<PendingExchange>(pendingSql, [ticketId]))[0] ?? null;
