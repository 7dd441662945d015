import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../db.ts';
import { updateBuyer } from './store.ts';

/** A guest's holds become those of the account they opened. */
export const moveHolds = (trx: Transaction, from: UserId, to: UserId): Promise<void> =>
  updateBuyer(trx, from, to);
