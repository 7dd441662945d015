import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type Movement, selectMovements } from './movements-store.ts';

/** Lists the payments that arrived for these orders of an event, and their refunds, in the order of the orders. */
export const listMovements = (db: Queryable, eventId: EventId, orderIds: OrderId[]): Promise<Movement[]> =>
  selectMovements(db, eventId, orderIds);
