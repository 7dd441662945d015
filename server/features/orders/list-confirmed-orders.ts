import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { countConfirmed, selectConfirmed, sumConfirmed } from './event-orders-store.ts';

/** Lists the ids of an event's confirmed orders after the order `after`, in the order of ids, at most `limit`. */
export const listConfirmedOrders = (
  db: Queryable,
  { eventId, after, limit }: { eventId: EventId; after: OrderId | null; limit: number },
): Promise<OrderId[]> => selectConfirmed(db, eventId, after, limit);

/** Counts an event's confirmed orders after the order `after`. */
export const countConfirmedOrders = (
  db: Queryable,
  eventId: EventId,
  after: OrderId | null = null,
): Promise<number> => countConfirmed(db, eventId, after);

/** Sums up an event's confirmed orders: how many, of how many addresses, their valid tickets, and the money not refunded. */
export const sumConfirmedOrders = (
  db: Queryable,
  eventId: EventId,
): Promise<{ orders: number; buyers: number; tickets: number; refundableMinor: number }> =>
  sumConfirmed(db, eventId);
