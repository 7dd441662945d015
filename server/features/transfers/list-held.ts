import type { EventId, OrderId, TransferId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectHeld } from './store.ts';

/** Lists the transfers by which other people than the buyers hold valid tickets of these orders. */
export const listHeld = async (
  db: Queryable,
  eventId: EventId,
  orderIds: OrderId[],
): Promise<TransferId[]> => (orderIds.length === 0 ? [] : selectHeld(db, eventId, orderIds));
