import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';
import { isOwnPath } from './own-address.ts';
import {
  emailFields,
  newPasswordFields,
  passwordChangeFields,
  signInFields,
  signUpFields,
} from './person.ts';

/**
 * Signing in and out. better-auth answers below `/api/auth`. Only the endpoints declared here can be reached.
 * A session is an HTTP-only cookie, or its `token` sent as `Authorization: Bearer`.
 */
const linkToken = z.string().regex(/^[\w.-]{1,2000}$/, 'expected the token of a link');
/** The page that a link in a mail leads to in the end. It must be a path of this site. */
const callbackURL = z
  .string()
  .max(500)
  .refine(isOwnPath, 'expected a path of this site, like /orders')
  .meta({ description: 'A path of this site, like `/orders`.' })
  .optional();

export const authUserSchema = z
  .object({
    id: idSchema('user'),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    isAnonymous: z.boolean().nullish(),
  })
  .meta({ id: 'AuthUser' });

export const signedInSchema = z.object({
  token: z.string().nullable().meta({ description: 'The session token, for Authorization: Bearer.' }),
  user: authUserSchema,
});
export const statusSchema = z.object({ status: z.boolean() });

const example = { email: 'ada@example.com', password: 'correct horse battery' };

export const signUpEmail = operation({
  id: 'signUpEmail',
  method: 'POST',
  path: '/api/auth/sign-up/email',
  tag: 'Sign in',
  summary: 'Open an account: signs you in and mails a link that verifies the address',
  description: "The guest's holds, orders and tickets move to the new account.",
  access: 'public',
  body: z.strictObject({ ...signUpFields.shape, callbackURL, rememberMe: z.boolean().optional() }),
  status: 200,
  reply: signedInSchema,
  rateLimit: { max: 60, seconds: 60 },
  budgets: ['linkMailsPerRecipient'],
  bodyLimit: 4096,
  errors: ['email_taken', 'password_too_common', 'password_too_personal'],
  example: { body: { name: 'Ada Example', ...example } },
});

export const signInEmail = operation({
  id: 'signInEmail',
  method: 'POST',
  path: '/api/auth/sign-in/email',
  tag: 'Sign in',
  summary: 'Sign in with e-mail address and password',
  description:
    "The guest's holds, orders and tickets move to the account. If the account has a second step, the caller is not signed in yet: the reply says `twoFactorRedirect`, and a code must follow within ten minutes.",
  access: 'public',
  body: z.strictObject({ ...signInFields.shape, rememberMe: z.boolean().optional() }),
  status: 200,
  reply: z.union([signedInSchema, z.object({ twoFactorRedirect: z.literal(true) })]),
  rateLimit: { max: 60, seconds: 60 },
  budgets: ['noticeMailsPerRecipient'],
  bodyLimit: 4096,
  errors: ['invalid_credentials', 'suspended'],
  example: { body: example },
});

export const signInAnonymous = operation({
  id: 'signInAnonymous',
  method: 'POST',
  path: '/api/auth/sign-in/anonymous',
  tag: 'Sign in',
  summary: 'Continue as a guest',
  access: 'public',
  status: 200,
  reply: signedInSchema,
  // The limit is generous, because a whole venue may share one address.
  rateLimit: { max: 1200, seconds: 60 },
  bodyLimit: 4096,
  errors: ['already_guest'],
});

export const signOut = operation({
  id: 'signOut',
  method: 'POST',
  path: '/api/auth/sign-out',
  tag: 'Sign in',
  summary: 'End this session',
  access: 'public',
  status: 200,
  reply: z.object({ success: z.boolean() }),
  bodyLimit: 4096,
  errors: [],
});

export const getSession = operation({
  id: 'getSession',
  method: 'GET',
  path: '/api/auth/get-session',
  tag: 'Sign in',
  summary: 'Read the session, or null; `GET /api/me` tells more',
  access: 'public',
  status: 200,
  reply: z
    .object({
      session: z.object({ id: idSchema('session'), expiresAt: z.iso.datetime() }),
      user: authUserSchema,
    })
    .nullable(),
  errors: [],
});

export const verifyEmail = operation({
  id: 'verifyEmail',
  method: 'GET',
  path: '/api/auth/verify-email',
  tag: 'Sign in',
  summary:
    'Open the link of the verification mail: verifies the address if this browser is signed in to the account',
  description:
    'In any other browser it changes nothing and answers `sign_in_to_verify`, because its reader may not be the person who signed up. Sign in and call `confirmEmail`, or call `claimAccount`.',
  redirect:
    'With `callbackURL`: leads there when the address is verified, and adds `?error=INVALID_TOKEN` if the link is not valid. If the browser is not signed in to the account, it leads to `/verify?token=…` of the web app.',
  access: 'public',
  query: z.object({ token: linkToken, callbackURL }),
  status: 200,
  reply: statusSchema,
  rateLimit: { max: 60, seconds: 60 },
  errors: ['token_invalid', 'sign_in_to_verify'],
  example: {},
});

export const confirmEmail = operation({
  id: 'confirmEmail',
  method: 'POST',
  path: '/api/auth/verify-email',
  tag: 'Sign in',
  summary: 'Verify the address of your account with the token of the mail; changes nothing else',
  access: 'signed-in',
  body: z.strictObject({ token: linkToken }),
  status: 200,
  reply: statusSchema,
  rateLimit: { max: 60, seconds: 60 },
  bodyLimit: 4096,
  errors: ['token_invalid', 'sign_in_to_verify'],
  example: { body: { token: 'Zk3…' } },
});

export const claimAccount = operation({
  id: 'claimAccount',
  method: 'POST',
  path: '/api/auth/claim-account',
  tag: 'Sign in',
  summary:
    'Take over an account that somebody opened with your address, with the token of the verification mail',
  description:
    'Verifies the address, sets the password and signs in. Everything that was set up before ends: the old password, all sessions and tokens, unfinished sign-ins and links, known browsers, and the profile with its name. Orders and holds stay with the account.',
  access: 'public',
  body: z.strictObject({ ...newPasswordFields.shape, token: linkToken }),
  status: 200,
  reply: signedInSchema,
  rateLimit: { max: 30, seconds: 60 },
  bodyLimit: 4096,
  errors: [
    'token_invalid',
    'email_already_verified',
    'suspended',
    'password_too_common',
    'password_too_personal',
  ],
  example: { body: { newPassword: 'a better password', token: 'Zk3…' } },
});

export const sendVerificationEmail = operation({
  id: 'sendVerificationEmail',
  method: 'POST',
  path: '/api/auth/send-verification-email',
  tag: 'Sign in',
  summary: 'Send the verification mail again',
  description: 'The answer is the same whether or not an account has this address.',
  access: 'public',
  body: z.strictObject({ ...emailFields.shape, callbackURL }),
  status: 200,
  reply: statusSchema,
  rateLimit: { max: 10, seconds: 60 },
  budgets: ['linkMailsPerRecipient'],
  bodyLimit: 4096,
  errors: ['email_already_verified'],
  example: { body: { email: example.email } },
});

export const requestPasswordReset = operation({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/api/auth/request-password-reset',
  tag: 'Sign in',
  summary: 'Mail a link to choose a new password',
  description:
    'The answer is the same whether or not an account has this address. The link leads to `/reset-password?token=…` of the web app. It works once and for one hour, and makes the earlier link invalid.',
  access: 'public',
  body: z.strictObject(emailFields.shape),
  status: 200,
  reply: statusSchema,
  rateLimit: { max: 10, seconds: 60 },
  budgets: ['linkMailsPerRecipient'],
  bodyLimit: 4096,
  errors: [],
  example: { body: { email: example.email } },
});

export const resetPassword = operation({
  id: 'resetPassword',
  method: 'POST',
  path: '/api/auth/reset-password',
  tag: 'Sign in',
  summary: 'Choose a new password with the token of the mail; ends all sessions and all other links',
  description:
    'Also verifies the address. If the address was not verified before, everything that was set up before ends, as with `claimAccount`.',
  access: 'public',
  body: z.strictObject({ ...newPasswordFields.shape, token: linkToken }),
  status: 200,
  reply: statusSchema,
  rateLimit: { max: 30, seconds: 60 },
  bodyLimit: 4096,
  errors: ['token_invalid', 'password_too_common', 'password_too_personal'],
  example: { body: { newPassword: 'a better password', token: 'Zk3…' } },
});

export const changePassword = operation({
  id: 'changePassword',
  method: 'POST',
  path: '/api/auth/change-password',
  tag: 'Sign in',
  summary: 'Change the password; ends all other sessions',
  access: 'signed-in',
  body: z.strictObject(passwordChangeFields.shape),
  status: 200,
  reply: signedInSchema,
  rateLimit: { max: 10, seconds: 60 },
  bodyLimit: 4096,
  errors: ['wrong_password', 'forbidden', 'password_too_common', 'password_too_personal'],
  example: { body: { currentPassword: example.password, newPassword: 'a better password' } },
});

export const getToken = operation({
  id: 'getToken',
  method: 'GET',
  path: '/api/auth/token',
  tag: 'Sign in',
  summary: 'Get a JWT (EdDSA, 10 minutes) for this session, for services that verify it themselves',
  access: 'signed-in',
  status: 200,
  reply: z.object({ token: z.string() }),
  rateLimit: { max: 60, seconds: 60 },
  errors: [],
});

export const getJwks = operation({
  id: 'getJwks',
  method: 'GET',
  path: '/api/auth/jwks',
  tag: 'Sign in',
  summary: 'Get the public keys that verify the JWTs (RFC 7517)',
  access: 'public',
  status: 200,
  reply: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), alg: z.string() })) }),
  errors: [],
});

export const sessionSchema = z.object({
  id: idSchema('session'),
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  ipAddress: z.string(),
  userAgent: z.string(),
});

export const listSessions = operation({
  id: 'listSessions',
  method: 'GET',
  path: '/api/me/sessions',
  tag: 'Accounts',
  summary: 'List your sessions',
  access: 'signed-in',
  status: 200,
  reply: z.object({ items: z.array(sessionSchema) }),
  errors: [],
});

export const revokeOtherSessions = operation({
  id: 'revokeOtherSessions',
  method: 'DELETE',
  path: '/api/me/sessions',
  tag: 'Accounts',
  summary: 'End all of your sessions but this one',
  access: 'signed-in',
  status: 204,
  reply: null,
  errors: [],
});

export const revokeSession = operation({
  id: 'revokeSession',
  method: 'DELETE',
  path: '/api/me/sessions/{sessionId}',
  tag: 'Accounts',
  summary: 'End one of your sessions',
  access: 'signed-in',
  repeatable: false,
  params: z.object({ sessionId: idSchema('session') }),
  status: 204,
  reply: null,
  errors: [],
});
