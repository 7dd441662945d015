import * as auth from '../../../contract/auth.ts';
import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import type { Call } from '../../http/bind.ts';
import { callAuth } from './call-auth.ts';
import { deletePendingOf, findLink } from './link-store.ts';
import { hashPassword } from './passwords.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { findUser } from './store.ts';
import { forgetUnproved, lockUser, replacePassword } from './takeover-store.ts';

const signIn = callAuth(auth.signInEmail);

/**
 * Takes over an account with the link of the verification mail and a new password, and signs in. It is for the owner
 * of an address that somebody else signed up with, and for buyers who have forgotten their first password. Everything
 * that was set up before the address was verified is removed. Orders stay, because an honest buyer's may be among
 * them.
 */
export async function claimAccount(
  app: App,
  call: Call<undefined, undefined, { token: string; newPassword: string }, 'public'>,
) {
  const { token, newPassword } = call.body;
  const now = systemClock.now();
  const userId = await findLink(app.db, 'verify-email', token, now);
  const user = userId && (await findUser(app.db, userId));
  if (!user) throw new Refused('token_invalid');
  if (user.suspended_at) throw new Refused('suspended');
  if (user.email_verified) throw new Refused('email_already_verified');
  // Without the name, because a stranger may have chosen it.
  await refuseWeakPassword(newPassword, [user.email]);
  const passwordHash = await hashPassword(newPassword);
  await app.db.transaction(async (trx) => {
    const locked = await lockUser(trx, user.id);
    if (!locked) throw new Refused('token_invalid');
    if (locked.suspended) throw new Refused('suspended');
    // Verified meanwhile, by the person who signed up or by a reset. The link is no longer needed.
    if (locked.email_verified) throw new Refused('email_already_verified');
    forgetUnproved(trx, locked.id, now);
    deletePendingOf(trx, locked.id);
    replacePassword(trx, locked.id, passwordHash, now);
  });
  await app.accounts.catchUp();
  return signIn(app, { ...call, body: { email: user.email, password: newPassword } });
}
