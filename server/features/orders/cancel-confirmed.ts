import type { OrderId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { OrderRecord } from './orders.ts';
import { cancelConfirmed as cancel, lockOrder as lock } from './store.ts';

/** An order as it is stored, locked until the transaction ends; null where there is none. */
export const lockOrder = (trx: Transaction, orderId: OrderId): Promise<OrderRecord | null> =>
  lock(trx, orderId);

/** Marks a confirmed order that this transaction has locked as cancelled, with what goes back for it. */
export const cancelConfirmed = (
  trx: Transaction,
  orderId: OrderId,
  refundMinor: number,
  now: Date,
): Promise<void> => cancel(trx, orderId, refundMinor, now);
