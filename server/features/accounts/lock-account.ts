import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { lockUser } from './store.ts';

/** An account that is neither suspended nor deleted, locked until the transaction ends; null where there is none. */
export const lockAccount = (
  trx: Transaction,
  userId: UserId,
): Promise<{ email: string; emailVerified: boolean } | null> => lockUser(trx, userId);
