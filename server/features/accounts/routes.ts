import type { FastifyInstance } from 'fastify';
import {
  getProfile,
  restoreUser,
  setUserRole,
  suspendUser,
  updateProfile,
} from '../../../contract/accounts.ts';
import * as auth from '../../../contract/auth.ts';
import * as credentials from '../../../contract/credentials.ts';
import { Refused } from '../../../contract/errors.ts';
import * as choices from '../../../contract/message-choices.ts';
import type { Operation } from '../../../contract/operation.ts';
import * as unsubscriptions from '../../../contract/unsubscriptions.ts';
import type { App } from '../../app.ts';
import { bind, type Call } from '../../http/bind.ts';
import { refuseOver } from '../../http/rate-limits.ts';
import type { Caller } from './accounts.ts';
import { callAuth } from './call-auth.ts';
import { changeProfile } from './change-profile.ts';
import { claimAccount } from './claim-account.ts';
import { changeMessageChoices, readMessageChoices } from './message-choices.ts';
import { endPasskey, readPasskeys } from './passkeys.ts';
import { readProfile } from './read-profile.ts';
import { refuseWeakPassword } from './refuse-weak-password.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { resetPassword } from './reset-password.ts';
import { restoreAccount } from './restore-account.ts';
import { endOtherSessions, endSession, readSessions } from './sessions.ts';
import { setAccountRole } from './set-account-role.ts';
import { signInGuest } from './sign-in-guest.ts';
import { findUser } from './store.ts';
import { suspendAccount } from './suspend-account.ts';
import { unsubscribe } from './unsubscribe.ts';
import { confirmEmail, openVerificationLink } from './verify-email.ts';

/** The endpoints of better-auth that we offer. All others answer 404 like any unknown path. */
const offered: Operation[] = [
  auth.signInEmail,
  auth.signOut,
  auth.getSession,
  auth.sendVerificationEmail,
  auth.getToken,
  auth.getJwks,
  credentials.askForPasskey,
  credentials.signInPasskey,
  credentials.verifyTwoFactorCode,
  credentials.verifyBackupCode,
];

/** Not for guests, who have neither an address nor a password. */
const offeredToAccounts: Operation[] = [
  credentials.offerPasskey,
  credentials.addPasskey,
  credentials.enableTwoFactor,
  credentials.renewBackupCodes,
  credentials.disableTwoFactor,
];

/** Adds a way to sign in, which only the verified owner of the address may do. */
const addsCredential: Operation[] = [
  credentials.offerPasskey,
  credentials.addPasskey,
  credentials.enableTwoFactor,
];

const signUp = callAuth(auth.signUpEmail);
const changePassword = callAuth(auth.changePassword);

export function accountsRoutes(http: FastifyInstance, app: App): void {
  for (const operation of offered) bind(http, app, operation, callAuth(operation));
  bind(http, app, auth.signUpEmail, async (_, call) => {
    await refuseWeakPassword(call.body.password, [call.body.email, call.body.name]);
    return signUp(app, call);
  });
  bind(http, app, auth.changePassword, async (_, call) => {
    const user = await findUser(app.db, call.caller.userId);
    await refuseWeakPassword(call.body.newPassword, user ? [user.email, user.name] : []);
    return changePassword(app, call);
  });
  for (const operation of offeredToAccounts) bind(http, app, operation, callAsAccount(operation));
  bind(http, app, auth.verifyEmail, openVerificationLink);
  bind(http, app, auth.confirmEmail, confirmEmail);
  const perAddress = limitPerAddress(app);
  bind(http, app, auth.signInAnonymous, perAddress(auth.signInAnonymous, signInGuest));
  bind(http, app, auth.claimAccount, perAddress(auth.claimAccount, claimAccount));
  bind(http, app, auth.requestPasswordReset, perAddress(auth.requestPasswordReset, requestPasswordReset));
  bind(http, app, auth.resetPassword, perAddress(auth.resetPassword, resetPassword));
  bind(http, app, credentials.listPasskeys, readPasskeys);
  bind(http, app, credentials.removePasskey, endPasskey);
  bind(http, app, auth.listSessions, readSessions);
  bind(http, app, auth.revokeOtherSessions, endOtherSessions);
  bind(http, app, auth.revokeSession, endSession);
  bind(http, app, choices.getMessageChoices, readMessageChoices);
  bind(http, app, choices.changeMessageChoices, changeMessageChoices);
  bind(http, app, getProfile, (_, { caller }) => readProfile(app, caller.userId));
  bind(http, app, updateProfile, changeProfile);
  bind(http, app, suspendUser, suspendAccount);
  bind(http, app, restoreUser, restoreAccount);
  bind(http, app, setUserRole, setAccountRole);
}

/** Limits by address, as better-auth limits its own endpoints. By caller, each new guest would have a new budget. */
const limitPerAddress =
  (app: App) =>
  <C, R>(operation: Operation, command: (app: App, call: C) => Promise<R>) => {
    const declared = operation.rateLimit as { max: number; seconds: number };
    const limit = app.rateLimits.open(`${operation.id} by address`, declared);
    return async (_: App, call: C & { ip: string }): Promise<R> => {
      await refuseOver(limit(call.ip));
      return command(app, call);
    };
  };

function callAsAccount(operation: Operation) {
  const callOn = callAuth(operation);
  return (app: App, call: Call) => {
    // Devices of door links reach operations of the door alone.
    const caller = call.caller as Caller | null;
    if (!caller || caller.isGuest) throw new Refused('forbidden', { detail: 'Open an account first.' });
    // With an unverified address this could lock out its real owner, or let a stranger in later.
    if (addsCredential.includes(operation) && !caller.emailVerified) throw new Refused('email_not_verified');
    return callOn(app, call);
  };
}

/**
 * Mail programs call this with a form as the body (RFC 8058), which nothing else takes. So it has a parser of its own, which
 * drops the body.
 */
export function unsubscribeRoutes(http: FastifyInstance, app: App): void {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
    http.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));
  bind(http, app, unsubscriptions.unsubscribe, unsubscribe);
}
