import type { UserId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { findUser } from './store.ts';

/** True if an account has verified that this e-mail address is its own. */
export async function isProvedAddress(db: Queryable, userId: UserId, address: string): Promise<boolean> {
  const user = await findUser(db, userId);
  return user?.email_verified === true && user.email.toLowerCase() === address.toLowerCase();
}
