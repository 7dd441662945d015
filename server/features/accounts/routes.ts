import type { FastifyInstance } from 'fastify';
import {
  getMe,
  getProfile,
  restoreUser,
  setUserRole,
  suspendUser,
  updateProfile,
} from '../../../contract/accounts.ts';
import * as auth from '../../../contract/auth.ts';
import * as credentials from '../../../contract/credentials.ts';
import { deleteMe, exportMe, getDeletion } from '../../../contract/deletion.ts';
import { Refused } from '../../../contract/errors.ts';
import type { Operation } from '../../../contract/operation.ts';
import type { App } from '../../app.ts';
import { bind, type Call } from '../../http.ts';
import { callAuth } from './call-auth.ts';
import { changeProfile } from './change-profile.ts';
import { deleteAccount, readDeletion } from './delete-account.ts';
import { exportAccount } from './export-account.ts';
import { endPasskey, readPasskeys } from './passkeys.ts';
import { readMe } from './read-me.ts';
import { readProfile } from './read-profile.ts';
import { restoreAccount } from './restore-account.ts';
import { endOtherSessions, endSession, readSessions } from './sessions.ts';
import { setAccountRole } from './set-account-role.ts';
import { suspendAccount } from './suspend-account.ts';

/** The endpoints of better-auth that are offered; what is not bound here answers 404 like any other path. */
const offered: Operation[] = [
  auth.signUpEmail,
  auth.signInEmail,
  auth.signInAnonymous,
  auth.signOut,
  auth.getSession,
  auth.verifyEmail,
  auth.sendVerificationEmail,
  auth.requestPasswordReset,
  auth.resetPassword,
  auth.changePassword,
  auth.getToken,
  auth.getJwks,
  credentials.askForPasskey,
  credentials.signInPasskey,
  credentials.verifyTwoFactorCode,
  credentials.verifyBackupCode,
];

/** What a guest has nothing to do with: they have neither an address nor a password. */
const offeredToAccounts: Operation[] = [
  credentials.offerPasskey,
  credentials.addPasskey,
  credentials.enableTwoFactor,
  credentials.renewBackupCodes,
  credentials.disableTwoFactor,
];

export function accountsRoutes(http: FastifyInstance, app: App): void {
  for (const operation of offered) bind(http, app, operation, callAuth(operation));
  for (const operation of offeredToAccounts) bind(http, app, operation, callAsAccount(operation));
  bind(http, app, credentials.listPasskeys, readPasskeys);
  bind(http, app, credentials.removePasskey, endPasskey);
  bind(http, app, auth.listSessions, readSessions);
  bind(http, app, auth.revokeOtherSessions, endOtherSessions);
  bind(http, app, auth.revokeSession, endSession);
  bind(http, app, getMe, readMe);
  bind(http, app, getProfile, (_, { caller }) => readProfile(app, caller.userId));
  bind(http, app, updateProfile, changeProfile);
  bind(http, app, exportMe, exportAccount);
  bind(http, app, getDeletion, readDeletion);
  bind(http, app, deleteMe, deleteAccount);
  bind(http, app, suspendUser, suspendAccount);
  bind(http, app, restoreUser, restoreAccount);
  bind(http, app, setUserRole, setAccountRole);
}

function callAsAccount(operation: Operation) {
  const callOn = callAuth(operation);
  return (app: App, call: Call) => {
    const { caller } = call;
    if (!caller || caller.isGuest) throw new Refused('forbidden', { detail: 'Open an account first.' });
    // An address that is nobody's yet must not lock out whose it is.
    if (operation === credentials.enableTwoFactor && !caller.emailVerified)
      throw new Refused('email_not_verified');
    return callOn(app, call);
  };
}
