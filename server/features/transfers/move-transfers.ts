import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { moveTransfersOf } from './store.ts';

/** Gives the transfers of a guest, as sender and as recipient, to an account. The caller has locked the guest's tickets. */
export const moveTransfers = (trx: Transaction, from: UserId, to: UserId): Promise<void> =>
  moveTransfersOf(trx, from, to);
