import type { OrderId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { OrderRecord } from './orders.ts';
import { findOrder, listOrdersOf } from './store.ts';

/** An order as it is stored, for other features; null where there is none. Whose it is, is the caller's to check. */
export const readOrder = (app: Pick<App, 'db'>, orderId: OrderId): Promise<OrderRecord | null> =>
  findOrder(app.db, orderId);

/** A page of a buyer's orders, newest first, for other features. It starts after the order `before`. */
export const readOrdersOf = (
  app: Pick<App, 'db'>,
  buyerId: UserId,
  before: OrderId | null,
  limit: number,
): Promise<OrderRecord[]> => listOrdersOf(app.db, buyerId, before, limit);
