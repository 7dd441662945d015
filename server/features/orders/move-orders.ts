import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { moveOrders as move } from './store.ts';

/** A guest's orders become those of the account they opened. Returns how many were moved. */
export const moveOrders = (trx: Transaction, from: UserId, to: UserId): Promise<number> =>
  move(trx, from, to);
