import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { deleteOfOrders, eraseNames } from './store.ts';

/** Erases names, addresses and messages of the transfers of these orders, in the caller's transaction. */
export const eraseTransfers = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  eraseNames(trx, eventId, orderIds);

/** Deletes the transfers of these orders in the caller's transaction, before their tickets. */
export const forgetTransfers = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  deleteOfOrders(trx, eventId, orderIds);
