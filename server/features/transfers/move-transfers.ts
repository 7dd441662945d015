import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { moveTransfersOf } from './store.ts';

/** Gives the transfers of a guest, as sender and as recipient, to an account. The guest's tickets are locked before. */
export const moveTransfers = (trx: Transaction, from: UserId, to: UserId): Promise<void> =>
  moveTransfersOf(trx, from, to);
