import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findUser, type UserRow } from './store.ts';

/** Reads a user from the database, for other features. Throws Refused('unauthenticated') if there is none. */
export async function readUser(app: Pick<App, 'db'>, userId: UserId): Promise<UserRow> {
  const user = await findUser(app.db, userId);
  if (!user) throw new Refused('unauthenticated');
  return user;
}
