import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectGiftReturns } from './gift-store.ts';

/** How much of each of these orders goes back to gift cards, or went back. Orders without such a refund are left out. */
export const readGiftReturns = async (db: Queryable, orderIds: OrderId[]): Promise<Map<OrderId, number>> =>
  new Map((await selectGiftReturns(db, orderIds)).map(({ orderId, minor }) => [orderId, minor]));
