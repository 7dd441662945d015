import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { deleteOrders, lockFinishedOrders } from './retention-store.ts';

/** Locks the next finished orders of an event that are old enough to go, for other features. */
export const lockOldOrders = (
  trx: Transaction,
  eventId: EventId,
  wanted: { after: OrderId | ''; before: Date; limit: number },
): Promise<OrderId[]> => lockFinishedOrders(trx, eventId, wanted);

/** Deletes orders in the caller's transaction, after their tickets and payments. */
export const forgetOrders = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  deleteOrders(trx, eventId, orderIds);
