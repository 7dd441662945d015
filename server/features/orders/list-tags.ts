import type { OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectTags } from './desk-store.ts';

/** The tags of each of these orders, in the order of the alphabet. */
export const listTags = (db: Queryable, orderIds: OrderId[]): Promise<Map<OrderId, string[]>> =>
  selectTags(db, orderIds);
