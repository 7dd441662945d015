import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { lockTicketsOfOrders } from './store.ts';

/**
 * Locks the tickets of these orders until the transaction ends, so that nobody is admitted meanwhile, and returns
 * them.
 */
export const lockTickets = (trx: Queryable, orderIds: OrderId[]): ReturnType<typeof lockTicketsOfOrders> =>
  lockTicketsOfOrders(trx, orderIds);
