import type { OrderId } from '../../../contract/ids.ts';
import type { Db, Queryable } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
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

/** Reads the tickets of one order in the order of its lines. Concurrent calls share a query. */
export const readTicketsOfOrder: (db: Db, orderId: OrderId) => Promise<TicketRow[]> = gatherPerDb(
  async (db, orderIds: OrderId[]) => {
    const byOrder = await listTicketsOfOrders(db, [...new Set(orderIds)]);
    return orderIds.map((id) => [...(byOrder.get(id) ?? [])]);
  },
  200,
);
