import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { type ExportedOrder, selectPortion } from './event-orders-store.ts';

/** Lists the orders of an event after the order `after`, whatever their status, in the order of ids, at most `limit`. */
export const listOrdersOfEvent = (
  db: Queryable,
  { eventId, after, limit }: { eventId: EventId; after: OrderId | null; limit: number },
): Promise<ExportedOrder[]> => selectPortion(db, eventId, after, limit);
