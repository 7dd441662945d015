import { z } from 'zod';
import { signedInSchema, statusSchema } from './auth.ts';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { backupCodeFields, codeFields, ownPasswordFields, personNameSchema } from './person.ts';

/**
 * Credentials beside the password: passkeys (WebAuthn), and codes of an authenticator app as a second step.
 * better-auth answers the operations below `/api/auth`.
 */
const bytes = z.string().regex(/^[\w-]{1,20000}$/, 'expected base64url');

/** Options for the browser: `PublicKeyCredential.parse…OptionsFromJSON` reads them. */
const passkeyOptionsSchema = z.looseObject({ challenge: z.string() });
/** The browser's answer: `PublicKeyCredential.toJSON()`. */
const passkeyResponseSchema = z.strictObject({
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.looseObject({}),
  response: z.strictObject({
    clientDataJSON: bytes,
    attestationObject: bytes.optional(),
    authenticatorData: bytes.optional(),
    publicKey: bytes.optional(),
    // A number from the COSE registry.
    publicKeyAlgorithm: z.int().min(-65_536).max(65_536).optional(),
    transports: z.array(z.string().max(40)).max(10).optional(),
    signature: bytes.optional(),
    userHandle: bytes.nullish(),
  }),
});

const registrationExample = {
  id: 'AQIDBA',
  rawId: 'AQIDBA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', attestationObject: 'o2M', transports: ['internal'] },
};

export const offerPasskey = operation({
  id: 'offerPasskey',
  method: 'GET',
  path: '/api/auth/passkey/generate-register-options',
  tag: 'Sign in',
  summary: 'Begin to add a passkey: gets the options for the browser, valid for five minutes',
  description: 'Only in the first fifteen minutes of a session, and with a verified address.',
  access: 'signed-in',
  status: 200,
  reply: passkeyOptionsSchema,
  rateLimit: { max: 30, seconds: 60 },
  errors: ['forbidden', 'sign_in_again', 'email_not_verified'],
});

export const addPasskey = operation({
  id: 'addPasskey',
  method: 'POST',
  path: '/api/auth/passkey/verify-registration',
  tag: 'Sign in',
  summary: 'Add the passkey that the browser made',
  access: 'signed-in',
  body: z.strictObject({
    response: passkeyResponseSchema,
    name: z.optional(personNameSchema),
  }),
  status: 200,
  reply: z.object({ id: idSchema('passkey') }),
  rateLimit: { max: 30, seconds: 60 },
  bodyLimit: 65_536,
  errors: ['forbidden', 'sign_in_again', 'email_not_verified', 'second_step_over', 'passkey_refused'],
  example: { body: { response: registrationExample, name: 'Firefox, Android' } },
});

export const askForPasskey = operation({
  id: 'askForPasskey',
  method: 'GET',
  path: '/api/auth/passkey/generate-authenticate-options',
  tag: 'Sign in',
  summary: 'Begin to sign in with a passkey: gets the options for the browser, valid for five minutes',
  access: 'public',
  status: 200,
  reply: passkeyOptionsSchema,
  rateLimit: { max: 120, seconds: 60 },
  errors: [],
});

export const signInPasskey = operation({
  id: 'signInPasskey',
  method: 'POST',
  path: '/api/auth/passkey/verify-authentication',
  tag: 'Sign in',
  summary: 'Sign in with a passkey; no code is needed',
  description:
    "The device must have checked a finger, a face or its PIN, so a passkey counts as two factors. The guest's holds, orders and tickets move to the account.",
  access: 'public',
  body: z.strictObject({ response: passkeyResponseSchema }),
  status: 200,
  reply: signedInSchema,
  rateLimit: { max: 60, seconds: 60 },
  bodyLimit: 65_536,
  errors: ['second_step_over', 'passkey_refused', 'suspended'],
  example: {
    body: {
      response: {
        ...registrationExample,
        response: { clientDataJSON: 'e30', authenticatorData: 'SZYN', signature: 'MEUC', userHandle: null },
      },
    },
  },
});

export const passkeySchema = z.object({
  id: idSchema('passkey'),
  name: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

export const listPasskeys = operation({
  id: 'listPasskeys',
  method: 'GET',
  path: '/api/me/passkeys',
  tag: 'Accounts',
  summary: 'List your passkeys',
  access: 'signed-in',
  status: 200,
  reply: z.object({ items: z.array(passkeySchema) }),
  errors: [],
});

export const removePasskey = operation({
  id: 'removePasskey',
  method: 'DELETE',
  path: '/api/me/passkeys/{passkeyId}',
  tag: 'Accounts',
  summary: 'Remove a passkey; it no longer signs in',
  access: 'signed-in',
  repeatable: false,
  params: z.object({ passkeyId: idSchema('passkey') }),
  status: 204,
  reply: null,
  errors: [],
});

export const enableTwoFactor = operation({
  id: 'enableTwoFactor',
  method: 'POST',
  path: '/api/auth/two-factor/enable',
  tag: 'Sign in',
  summary: 'Begin to switch on the second step: gets a secret for the authenticator app, and backup codes',
  description:
    'The second step is off until `verifyTwoFactorCode` has received a first code. Needs a verified address.',
  access: 'signed-in',
  body: z.strictObject(ownPasswordFields.shape),
  status: 200,
  reply: z.object({
    totpURI: z.string().meta({ description: 'otpauth://…, for a QR code.' }),
    backupCodes: z.array(z.string()).meta({ description: 'Each works once in place of a code.' }),
  }),
  rateLimit: { max: 10, seconds: 60 },
  bodyLimit: 4096,
  errors: ['wrong_password', 'email_not_verified', 'two_factor_on', 'forbidden'],
  example: { body: { password: 'correct horse battery' } },
});

export const verifyTwoFactorCode = operation({
  id: 'verifyTwoFactorCode',
  method: 'POST',
  path: '/api/auth/two-factor/verify-totp',
  tag: 'Sign in',
  summary: 'Send the code of the authenticator app: ends a sign-in, or switches the second step on',
  description:
    'If the caller is signed in, the code switches the second step on. Otherwise it completes the sign-in that the password began. Five wrong codes end that sign-in, and ten in a row lock the second step for 15 minutes.',
  access: 'public',
  body: z.strictObject(codeFields.shape),
  status: 200,
  reply: signedInSchema,
  rateLimit: { max: 60, seconds: 60 },
  bodyLimit: 4096,
  errors: ['code_wrong', 'second_step_over', 'two_factor_off', 'suspended'],
  example: { body: { code: '123456' } },
});

export const verifyBackupCode = operation({
  id: 'verifyBackupCode',
  method: 'POST',
  path: '/api/auth/two-factor/verify-backup-code',
  tag: 'Sign in',
  summary: 'Complete a sign-in with a backup code; each works once',
  access: 'public',
  body: z.strictObject(backupCodeFields.shape),
  status: 200,
  reply: signedInSchema,
  rateLimit: { max: 60, seconds: 60 },
  bodyLimit: 4096,
  errors: ['code_wrong', 'second_step_over', 'two_factor_off', 'suspended'],
  example: { body: { code: 'AB3DE-FG7HJ' } },
});

export const renewBackupCodes = operation({
  id: 'renewBackupCodes',
  method: 'POST',
  path: '/api/auth/two-factor/generate-backup-codes',
  tag: 'Sign in',
  summary: 'Make ten new backup codes; the old ones stop working',
  access: 'signed-in',
  body: z.strictObject(ownPasswordFields.shape),
  status: 200,
  reply: z.object({ backupCodes: z.array(z.string()) }),
  rateLimit: { max: 10, seconds: 60 },
  bodyLimit: 4096,
  errors: ['wrong_password', 'two_factor_off', 'forbidden'],
  example: { body: { password: 'correct horse battery' } },
});

export const disableTwoFactor = operation({
  id: 'disableTwoFactor',
  method: 'POST',
  path: '/api/auth/two-factor/disable',
  tag: 'Sign in',
  summary: 'Switch the second step off; the password alone signs in again',
  access: 'signed-in',
  body: z.strictObject(ownPasswordFields.shape),
  status: 200,
  reply: statusSchema,
  rateLimit: { max: 10, seconds: 60 },
  bodyLimit: 4096,
  errors: ['wrong_password', 'forbidden'],
  example: { body: { password: 'correct horse battery' } },
});
