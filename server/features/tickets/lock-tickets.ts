import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { lockTicketsOfOrders } from './store.ts';
import type { TicketStatus } from './ticket.ts';

/**
 * Locks the tickets of these orders until the transaction ends, so that nobody is admitted meanwhile, and returns
 * them.
 */
export const lockTickets = (
  trx: Queryable,
  orderIds: OrderId[],
): Promise<{ id: TicketId; orderId: OrderId; position: number; status: TicketStatus }[]> =>
  lockTicketsOfOrders(trx, orderIds);
