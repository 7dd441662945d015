import type { UserId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import { listAddresses } from './store.ts';

/** True if an account has verified that this e-mail address is its own. The mails of a job share the query. */
export async function isProvedAddress(db: Db, userId: UserId, address: string): Promise<boolean> {
  const user = await readAddress(db, userId);
  return user?.emailVerified === true && user.email.toLowerCase() === address.toLowerCase();
}

const readAddress = gatherPerDb(async (db, ids: UserId[]) => {
  const users = new Map((await listAddresses(db, ids)).map((user) => [user.id, user]));
  return ids.map((id) => users.get(id) ?? null);
}, 200);
