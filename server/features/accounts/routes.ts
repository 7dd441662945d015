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
import type { Operation } from '../../../contract/operation.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http.ts';
import { callAuth } from './call-auth.ts';
import { changeProfile } from './change-profile.ts';
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
];

export function accountsRoutes(http: FastifyInstance, app: App): void {
  for (const operation of offered) bind(http, app, operation, callAuth(operation));
  bind(http, app, auth.listSessions, readSessions);
  bind(http, app, auth.revokeOtherSessions, endOtherSessions);
  bind(http, app, auth.revokeSession, endSession);
  bind(http, app, getMe, readMe);
  bind(http, app, getProfile, (_, { caller }) => readProfile(app, caller.userId));
  bind(http, app, updateProfile, changeProfile);
  bind(http, app, suspendUser, suspendAccount);
  bind(http, app, restoreUser, restoreAccount);
  bind(http, app, setUserRole, setAccountRole);
}
