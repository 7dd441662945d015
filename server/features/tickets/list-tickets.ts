import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { findTicketsOfOrders } from './store.ts';
import type { TicketRow } from './ticket.ts';

/** Lists the tickets of each order in the order of its lines. An order without tickets has an empty list. */
export async function listTicketsOfOrders(
  db: Queryable,
  orderIds: OrderId[],
): Promise<Map<OrderId, TicketRow[]>> {
  const byOrder = new Map<OrderId, TicketRow[]>(orderIds.map((id) => [id, []]));
  if (orderIds.length === 0) return byOrder;
  for (const ticket of await findTicketsOfOrders(db, orderIds)) byOrder.get(ticket.orderId)?.push(ticket);
  return byOrder;
}
