import type * as accounts from '../../../../contract/accounts.ts';
import type * as auth from '../../../../contract/auth.ts';
import type * as credentials from '../../../../contract/credentials.ts';
import type * as deletion from '../../../../contract/deletion.ts';
import { endpoint } from '../../api/request.ts';

/** The operations that only the account's pages use: apart from the others, which every page loads. */
export const signUpEmail = endpoint<typeof auth.signUpEmail>('POST', '/api/auth/sign-up/email');
export const signInEmail = endpoint<typeof auth.signInEmail>('POST', '/api/auth/sign-in/email');
export const signOut = endpoint<typeof auth.signOut>('POST', '/api/auth/sign-out');
export const sendVerificationEmail = endpoint<typeof auth.sendVerificationEmail>(
  'POST',
  '/api/auth/send-verification-email',
);
export const requestPasswordReset = endpoint<typeof auth.requestPasswordReset>(
  'POST',
  '/api/auth/request-password-reset',
);
export const resetPassword = endpoint<typeof auth.resetPassword>('POST', '/api/auth/reset-password');
export const confirmEmail = endpoint<typeof auth.confirmEmail>('POST', '/api/auth/verify-email');
export const claimAccount = endpoint<typeof auth.claimAccount>('POST', '/api/auth/claim-account');
export const changePassword = endpoint<typeof auth.changePassword>('POST', '/api/auth/change-password');
export const listSessions = endpoint<typeof auth.listSessions>('GET', '/api/me/sessions');
export const revokeOtherSessions = endpoint<typeof auth.revokeOtherSessions>('DELETE', '/api/me/sessions');
export const revokeSession = endpoint<typeof auth.revokeSession>('DELETE', '/api/me/sessions/{sessionId}');
export const offerPasskey = endpoint<typeof credentials.offerPasskey>(
  'GET',
  '/api/auth/passkey/generate-register-options',
);
export const addPasskey = endpoint<typeof credentials.addPasskey>(
  'POST',
  '/api/auth/passkey/verify-registration',
);
export const askForPasskey = endpoint<typeof credentials.askForPasskey>(
  'GET',
  '/api/auth/passkey/generate-authenticate-options',
);
export const signInPasskey = endpoint<typeof credentials.signInPasskey>(
  'POST',
  '/api/auth/passkey/verify-authentication',
);
export const listPasskeys = endpoint<typeof credentials.listPasskeys>('GET', '/api/me/passkeys');
export const removePasskey = endpoint<typeof credentials.removePasskey>(
  'DELETE',
  '/api/me/passkeys/{passkeyId}',
);
export const enableTwoFactor = endpoint<typeof credentials.enableTwoFactor>(
  'POST',
  '/api/auth/two-factor/enable',
);
export const verifyTwoFactorCode = endpoint<typeof credentials.verifyTwoFactorCode>(
  'POST',
  '/api/auth/two-factor/verify-totp',
);
export const verifyBackupCode = endpoint<typeof credentials.verifyBackupCode>(
  'POST',
  '/api/auth/two-factor/verify-backup-code',
);
export const renewBackupCodes = endpoint<typeof credentials.renewBackupCodes>(
  'POST',
  '/api/auth/two-factor/generate-backup-codes',
);
export const disableTwoFactor = endpoint<typeof credentials.disableTwoFactor>(
  'POST',
  '/api/auth/two-factor/disable',
);

export const getProfile = endpoint<typeof accounts.getProfile>('GET', '/api/me/profile');
export const updateProfile = endpoint<typeof accounts.updateProfile>('PATCH', '/api/me/profile');
export const getDeletion = endpoint<typeof deletion.getDeletion>('GET', '/api/me/deletion');
export const deleteMe = endpoint<typeof deletion.deleteMe>('POST', '/api/me/deletion');
