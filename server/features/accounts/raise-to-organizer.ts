import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { raiseRole } from './store.ts';

/** Makes a `user` an `organizer`, and changes no other role. Part of opening an organisation. */
export const raiseToOrganizer = (trx: Transaction, userId: UserId, now: Date): Promise<number> =>
  raiseRole(trx, userId, now);
