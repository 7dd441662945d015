import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import { deletePendingOf, findLink } from './link-store.ts';
import { hashPassword } from './passwords.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { findUser } from './store.ts';
import { forgetUnproved, lockUser, replacePassword } from './takeover-store.ts';

/**
 * Sets a new password with the link of a mail. Every session and every other link ends. The person with the mail owns
 * the address: if it was not verified before, everything that was set up without it is removed.
 */
export async function resetPassword(app: App, { body }: { body: { token: string; newPassword: string } }) {
  const now = systemClock.now();
  const userId = await findLink(app.db, 'reset-password', body.token, now);
  const user = userId && (await findUser(app.db, userId));
  if (!user) throw new Refused('token_invalid');
  await refuseWeakPassword(body.newPassword, [user.email, user.name]);
  const passwordHash = await hashPassword(body.newPassword);
  await app.db.transaction(async (trx) => {
    const locked = await lockUser(trx, user.id);
    // If two links are used at once, one waits for the lock and then finds that the other has ended it.
    const stillGood = await findLink(trx, 'reset-password', body.token, now);
    if (!locked || stillGood !== locked.id) throw new Refused('token_invalid');
    if (!locked.email_verified) forgetUnproved(trx, locked.id, now);
    deletePendingOf(trx, locked.id);
    replacePassword(trx, locked.id, passwordHash, now);
  });
  await app.accounts.catchUp();
  return { status: true };
}
