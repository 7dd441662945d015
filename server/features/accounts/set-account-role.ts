import type { UserRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from './accounts.ts';
import { toAdminUser } from './admin-user.ts';
import { findUser, setRole } from './store.ts';

/** Sets an account's role, from its next request on. Nobody can change their own role. */
export async function setAccountRole(
  app: App,
  call: { caller: Caller; params: { userId: UserId }; body: { role: UserRole } },
) {
  const { userId } = call.params;
  if (userId === call.caller.userId)
    throw new Refused('forbidden', { detail: 'You cannot change your own role.' });
  // The person who signed up with an unverified address may not be its owner. Guests are not found, because they have
  // no address.
  const known = await findUser(app.db, userId);
  if (known && !known.is_anonymous && !known.email_verified && call.body.role !== 'user')
    throw new Refused('email_not_verified', {
      detail: 'The account has not confirmed its e-mail address yet.',
    });
  const user = await setRole(app.db, userId, call.body.role, app.clock.now());
  if (!user) throw new Refused('not_found');
  await app.accounts.catchUp();
  return toAdminUser(user);
}
