import type { HoldId, UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../db.ts';
import { updateBuyer } from './store.ts';

/** A guest's holds, the ordered ones and the active ones, become those of the account they opened. */
export const moveHolds = (trx: Transaction, from: UserId, to: UserId, ordered: HoldId[]): Promise<void> =>
  updateBuyer(trx, from, to, ordered);
