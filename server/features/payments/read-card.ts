import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { paymentIdOf } from './payment.ts';
import { selectCardLast4 } from './store.ts';

/** The last four digits of the card that paid for an order; null if nobody told them. */
export const readCardLast4 = (
  db: Queryable,
  order: { id: OrderId; eventId: EventId },
): Promise<string | null> => selectCardLast4(db, paymentIdOf(order.id), order.eventId);
