import type { OrderId, UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { OrderRecord } from './orders.ts';
import { findOrder, listOrdersOf } from './store.ts';

/**
 * Reads an order as it is stored, for other features; null if there is none. The caller must check whose order it is.
 */
export const readOrder = (app: Pick<App, 'db'>, orderId: OrderId): Promise<OrderRecord | null> =>
  findOrder(app.db, orderId);

/** Reads a page of a buyer's orders, newest first, for other features. It starts after the order `before`. */
export const readOrdersOf = (
  app: Pick<App, 'db'>,
  buyerId: UserId,
  before: OrderId | null,
  limit: number,
): Promise<OrderRecord[]> => listOrdersOf(app.db, buyerId, before, limit);
