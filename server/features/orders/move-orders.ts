import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { moveOrders as move } from './store.ts';

/** Gives a guest's orders to the account that the guest opened. Returns how many were moved. */
export const moveOrders = (trx: Transaction, from: UserId, to: UserId): Promise<number> =>
  move(trx, from, to);
