import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { OrderRecord } from './orders.ts';
import { findOrder } from './store.ts';

/** An order as it is stored, for other features; null where there is none. Whose it is, is the caller's to check. */
export const readOrder = (app: Pick<App, 'db'>, orderId: OrderId): Promise<OrderRecord | null> =>
  findOrder(app.db, orderId);
