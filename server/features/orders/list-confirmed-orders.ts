import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectConfirmed } from './store.ts';

/** Lists the ids of an event's confirmed orders after the order `after`, in the order of ids, at most `limit`. */
export const listConfirmedOrders = (
  db: Queryable,
  { eventId, after, limit }: { eventId: EventId; after: OrderId | null; limit: number },
): Promise<OrderId[]> => selectConfirmed(db, eventId, after, limit);
