import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { deleteDocuments } from './store.ts';

/** Deletes the documents of orders whose records go, before the orders. The organisation's numbers go on. */
export const forgetDocuments = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  deleteDocuments(trx, eventId, orderIds);
