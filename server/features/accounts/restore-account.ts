import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { toAdminUser } from './admin-user.ts';
import { restore } from './store.ts';

/** Lifts a suspension. The sessions that it ended stay ended. Idempotent. */
export async function restoreAccount(app: App, call: { params: { userId: UserId } }) {
  const user = await restore(app.db, call.params.userId, app.clock.now());
  if (!user) throw new Refused('not_found');
  await app.accounts.catchUp();
  return toAdminUser(user);
}
