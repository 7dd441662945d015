import type { HoldId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { holdIdOf, orderIdOf, type SoldOrder } from '../inventory/inventory.ts';
import { lockOrders } from '../orders/lock-orders.ts';
import { readGiftReturns } from '../payments/read-gift-returns.ts';
import { lockTickets } from '../tickets/lock-tickets.ts';

/**
 * Reads the orders and tickets that a ledger batch cancels or refunds, and keeps them locked until the batch commits. So a scan
 * at the door happens before the batch or after it, and only one of the two gets the ticket.
 */
export async function readSold(trx: Queryable, holdIds: HoldId[]): Promise<Map<HoldId, SoldOrder>> {
  const orderIds = holdIds.map(orderIdOf);
  const [orders, tickets] = await Promise.all([lockOrders(trx, orderIds), lockTickets(trx, orderIds)]);
  const withGift = orders.flatMap(({ id, giftMinor }) => (giftMinor > 0 ? [id] : []));
  const returned = withGift.length > 0 ? await readGiftReturns(trx, withGift) : null;
  const ticketsOf = Map.groupBy(tickets, (ticket) => ticket.orderId);
  return new Map(
    orders.map((order) => [
      holdIdOf(order.id),
      {
        soldAs: order.soldAs,
        refundedMinor: order.refundedMinor,
        refunded: order.refunded,
        disputedMinor: order.disputedMinor,
        ...(returned?.has(order.id) && { giftReturnedMinor: returned.get(order.id) ?? 0 }),
        tickets: (ticketsOf.get(order.id) ?? []).sort((a, b) => a.position - b.position),
        cancelledBy: order.cancelledBy,
      },
    ]),
  );
}
