import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectRefundsOfOrder } from './refund-store.ts';

/** Lists the refunds of an order, the latest first. */
export const listRefundsOfOrder = (
  db: Queryable,
  orderId: OrderId,
): ReturnType<typeof selectRefundsOfOrder> => selectRefundsOfOrder(db, orderId);
