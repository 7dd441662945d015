import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { lockUser } from './store.ts';

/** Locks an account until the transaction ends; null if it is suspended, deleted or unknown. */
export const lockAccount = (
  trx: Transaction,
  userId: UserId,
): Promise<{ email: string; emailVerified: boolean } | null> => lockUser(trx, userId);
