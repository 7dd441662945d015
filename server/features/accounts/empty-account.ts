import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { emptyAccount as empty } from './credential-store.ts';

/**
 * Removes everything from an account that identifies its owner or lets somebody in, in the caller's transaction. The
 * id stays, because orders and check-ins reference it. Returns false if the account was emptied before.
 */
export const emptyAccount = (trx: Transaction, userId: UserId, now: Date): Promise<boolean> =>
  empty(trx, userId, now);
