import type { HoldId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { holdIdOf, orderIdOf, type SoldOrder } from '../inventory/inventory.ts';
import { lockOrders } from '../orders/lock-orders.ts';
import { lockTickets } from '../tickets/lock-tickets.ts';

/**
 * What the ledger must know of the orders that its batch cancels. Orders and tickets stay locked until the batch commits,
 * so a scan at the door comes before it or after it: exactly one of the two has the ticket.
 */
export async function readSold(trx: Queryable, holdIds: HoldId[]): Promise<Map<HoldId, SoldOrder>> {
  const orderIds = holdIds.map(orderIdOf);
  const [orders, tickets] = await Promise.all([lockOrders(trx, orderIds), lockTickets(trx, orderIds)]);
  const ticketsOf = Map.groupBy(tickets, (ticket) => ticket.orderId);
  return new Map(
    orders.map((order) => [
      holdIdOf(order.id),
      {
        soldAs: order.soldAs,
        refundedMinor: order.refundedMinor,
        tickets: ticketsOf.get(order.id) ?? [],
        cancelledBy: order.cancelledBy,
      },
    ]),
  );
}
