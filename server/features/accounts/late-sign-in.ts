import type { UserId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import type { Session } from './accounts.ts';
import { spendTotpStep } from './spend-totp-step.ts';
import { deleteSession } from './store.ts';
import { changedSince } from './takeover-store.ts';

/** better-auth's codes for a failed sign-in. refusalOf turns them into ours. */
const refusedAs: Record<string, string> = {
  '/sign-in/email': 'INVALID_EMAIL_OR_PASSWORD',
  '/passkey/verify-authentication': 'AUTHENTICATION_FAILED',
  '/two-factor/verify-totp': 'INVALID_TWO_FACTOR_COOKIE',
  '/two-factor/verify-backup-code': 'INVALID_TWO_FACTOR_COOKIE',
};

/** True if a request proves the caller's identity by something that can change meanwhile. */
export const provesItself = (path: string): boolean => path in refusedAs;

/**
 * Ends a session that better-auth has just opened, and refuses the request, if the password was changed during the
 * request or if the code was used before. Nobody has seen the session's token yet.
 */
export async function refuseLate(
  db: Db,
  key: Parameters<typeof spendTotpStep>[1],
  attempt: {
    path: string;
    /** The database's time when the request arrived. */
    since: string;
    /** The authenticator app's code in the request. */
    code: string | undefined;
    opened: Session | null;
    /** Whose code it is: the person who signs in, or the signed-in person who switches the second step on. */
    userId: UserId;
    now: Date;
  },
): Promise<Response | null> {
  const { path, since, code, opened, userId, now } = attempt;
  const usedBefore = code !== undefined && !(await spendTotpStep(db, key, { userId, code, now }));
  const late = opened !== null && (await changedSince(db, userId, since));
  if (!usedBefore && !late) return null;
  if (opened) await deleteSession(db, userId, opened.id);
  return Response.json({ code: usedBefore ? 'INVALID_CODE' : refusedAs[path] }, { status: 401 });
}
