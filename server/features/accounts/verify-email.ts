import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import { Raw } from '../../http/bind.ts';
import type { Caller } from './accounts.ts';
import { findLink } from './link-store.ts';
import { findUser, verify } from './store.ts';
import { hasSession, lockUser } from './takeover-store.ts';

/**
 * Opens the link of the verification mail. It verifies the address in a browser that is signed in to the account,
 * because then the person who signed up also has the mail. In any other browser nothing happens yet, because the link
 * alone does not tell whether its reader is the person who signed up. They get a page where they sign in
 * (confirmEmail), or take the account over with a new password (claimAccount). Mail scanners that open links change
 * nothing.
 */
export async function openVerificationLink(
  app: App,
  call: { caller: Caller | null; query: { token: string; callbackURL?: string | undefined } },
): Promise<Raw | { status: boolean }> {
  const { token, callbackURL } = call.query;
  try {
    await verifyAddress(app, call.caller, token);
  } catch (error) {
    const code = error instanceof Refused ? error.code : null;
    if (callbackURL === undefined || (code !== 'token_invalid' && code !== 'sign_in_to_verify')) throw error;
    return redirect(code === 'token_invalid' ? withError(callbackURL) : pageOf(token, callbackURL));
  }
  return callbackURL === undefined ? { status: true } : redirect(callbackURL);
}

/** Verifies the address of the caller's account with the token of the mail. */
export async function confirmEmail(app: App, call: { caller: Caller; body: { token: string } }) {
  await verifyAddress(app, call.caller, call.body.token);
  return { status: true };
}

async function verifyAddress(app: App, caller: Caller | null, token: string): Promise<void> {
  const now = systemClock.now();
  const userId = await findLink(app.db, 'verify-email', token, now);
  const user = userId && (await findUser(app.db, userId));
  if (!user) throw new Refused('token_invalid');
  if (caller?.userId !== user.id) {
    if (user.email_verified) return;
    throw new Refused('sign_in_to_verify');
  }
  await app.db.transaction(async (trx) => {
    const locked = await lockUser(trx, user.id);
    if (!locked) throw new Refused('token_invalid');
    // The owner of the address may just have taken the account over, which ended this session.
    if (!(await hasSession(trx, user.id, caller.sessionId, now))) throw new Refused('sign_in_to_verify');
    if (!locked.email_verified) await verify(trx, user.id, now);
  });
  await app.accounts.catchUp();
}

const redirect = (location: string) => new Raw('', { location, 'cache-control': 'no-store' }, 302);

/** The page that asks who has opened the link. It continues to the link's target. */
function pageOf(token: string, callbackURL: string): string {
  const query = new URLSearchParams({ token });
  if (callbackURL !== '/' && callbackURL !== '/verify') query.set('next', callbackURL);
  return `/verify?${query}`;
}

/** The path with `error=INVALID_TOKEN` in its query. */
function withError(path: string): string {
  const [front = '', fragment] = path.split('#', 2);
  const joint = front.includes('?') ? '&' : '?';
  return `${front}${joint}error=INVALID_TOKEN${fragment === undefined ? '' : `#${fragment}`}`;
}
