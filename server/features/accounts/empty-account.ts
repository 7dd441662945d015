import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { emptyAccount as empty } from './credential-store.ts';

/**
 * Takes everything off an account that says whose it is or lets somebody in, in the caller's transaction. The id
 * stays, because orders and check-ins point at it. Returns false for an account that was emptied before.
 */
export const emptyAccount = (trx: Transaction, userId: UserId, now: Date): Promise<boolean> =>
  empty(trx, userId, now);
