import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { clearHeld, selectHeld } from './held-store.ts';

/** Those of these orders of an event whose tickets wait, and until when. */
export const listHeldOrders = (
  db: Queryable,
  eventId: EventId,
  orderIds: OrderId[],
): Promise<{ orderId: OrderId; heldUntil: Date }[]> => selectHeld(db, eventId, orderIds);

/** Lets the tickets of these orders be used. From this commit on they have a code. */
export const releaseTickets = (trx: Queryable, eventId: EventId, orderIds: OrderId[]): Promise<number> =>
  clearHeld(trx, eventId, orderIds);
