import type { UserId } from '../../../contract/ids.ts';
import type { Queryable } from '../../db.ts';
import { findUserByEmail } from './store.ts';

/** The account with this address, where its owner has shown that the address is theirs; else null. */
export async function findVerifiedUser(
  db: Queryable,
  email: string,
): Promise<{ id: UserId; name: string; email: string } | null> {
  const user = await findUserByEmail(db, email);
  return user?.email_verified ? { id: user.id, name: user.name, email: user.email } : null;
}
