import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import type { Caller } from './accounts.ts';
import { freshSeconds } from './auth.ts';
import { findPasswordHash, findSessionBegin } from './credential-store.ts';
import { verifyPassword } from './passwords.ts';

/**
 * Resolves if the caller gives the account's password or has signed in just now. A guest needs only a session. Throws
 * Refused('wrong_password') or Refused('sign_in_again').
 */
export async function proveOneself(app: App, caller: Caller, password: string | undefined): Promise<void> {
  if (password !== undefined) {
    const hash = await findPasswordHash(app.db, caller.userId);
    if (!hash || !(await verifyPassword({ hash, password }))) throw new Refused('wrong_password');
  } else if (!caller.isGuest && !(await isFresh(app, caller))) throw new Refused('sign_in_again');
}

/** True if the caller has signed in just now, by the machine's clock, as everything about sessions. */
export async function isFresh(app: App, caller: Caller): Promise<boolean> {
  const begin = await findSessionBegin(app.db, caller.sessionId);
  return begin !== null && systemClock.now().getTime() - begin.getTime() < freshSeconds * 1000;
}
