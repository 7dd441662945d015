import type { UserRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Caller } from './accounts.ts';
import { toAdminUser } from './admin-user.ts';
import { lockUserRow, setRole } from './store.ts';

/** Sets an account's role, from its next request on. Nobody can change their own role. */
export async function setAccountRole(
  app: App,
  call: ActingCall & { caller: Caller; params: { userId: UserId }; body: { role: UserRole } },
) {
  const { userId } = call.params;
  if (userId === call.caller.userId)
    throw new Refused('forbidden', { detail: 'You cannot change your own role.' });
  // The person who signed up with an unverified address may not be its owner. Guests are not found, because they have
  // no address.
  const user = await app.db.transaction(async (trx) => {
    const before = await lockUserRow(trx, userId);
    if (before && !before.is_anonymous && !before.email_verified && call.body.role !== 'user')
      throw new Refused('email_not_verified', {
        detail: 'The account has not confirmed its e-mail address yet.',
      });
    const changed = await setRole(trx, userId, call.body.role, app.clock.now());
    if (!before || !changed) return null;
    noteAct(app, trx, call, {
      act: 'account.role_changed',
      organisationId: null,
      subject: { type: 'account', id: userId },
      before: { role: before.role },
      after: { role: changed.role },
    });
    return changed;
  });
  if (!user) throw new Refused('not_found');
  await app.accounts.catchUp();
  return toAdminUser(user);
}
