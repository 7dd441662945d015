import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { kyselyAdapter } from '@better-auth/kysely-adapter';
import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
// Imported one by one: all plugins together take 10 MB and a third of a second more.
import { anonymous } from 'better-auth/plugins/anonymous';
import { bearer } from 'better-auth/plugins/bearer';
import { jwt } from 'better-auth/plugins/jwt';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import { authRoot } from '../../../contract/addresses.ts';
import { faultOfEmail } from '../../../contract/email.ts';
import type { UserId } from '../../../contract/ids.ts';
import { type Language, languageOf } from '../../../contract/languages.ts';
import type { Config } from '../../config.ts';
import type { Db, Transaction } from '../../data/db.ts';
import type { RateLimits } from '../../http/rate-limits.ts';
import type { NewId } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Seal } from '../../seal.ts';
import { writeAccountMail } from './account-mail.ts';
import type { Session } from './accounts.ts';
import { createAuthRateLimits } from './auth-rate-limits.ts';
import { hashSessionTokens } from './hash-session-tokens.ts';
import { deletePendingOf, hashedIdentifier, writeLink } from './link-store.ts';
import type { SignIn } from './note-sign-in.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { findSessionById, findUser } from './store.ts';
import { noteCredentialsChanged } from './takeover-store.ts';

// better-auth checks addresses with this regular expression, which refuses `a&b@example.com`. The contract has checked every
// address before.
z.regexes.email.test = (address) => faultOfEmail(address) === null;

interface AuthOptions {
  env: Config['env'];
  publicUrl: string;
  sessionSecret: string;
  db: Db;
  /** Runs `work` in the transaction that better-auth has open for this request, or in a new one. */
  transaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  seal: Seal;
  rateLimits: RateLimits;
  /** better-auth's own small pool: see createAccounts. */
  pool: pg.Pool;
  now: () => Date;
  newId: NewId;
  log: Log;
  /** Gives a guest's holds and orders to the account that the guest signs in to, and deletes the guest. */
  linkGuest(from: UserId, to: UserId): Promise<void>;
  /** Never fails, because the session is open even if nobody was told. */
  noteSignIn(opened: SignIn): Promise<void>;
}

export const basePath = authRoot.slice(0, -1);
/** The header in which call-auth.ts passes the client's address. A client's own header of this name is dropped. */
export const addressHeader = 'x-admit-client-address';
export const sessionSeconds = 30 * 86_400;
/** A session in use is prolonged after this much time. */
export const prolongAfterSeconds = 86_400;
const jwtSeconds = 600;
const verificationLinkMs = 24 * 3_600_000;
/** How long after signing in a session may add ways to sign in, or delete the account. */
export const freshSeconds = 15 * 60;

/**
 * Configures better-auth over our tables. It does not know our own columns (role, suspension, version), so no request
 * to it can set them.
 */
export function createAuth(options: AuthOptions) {
  const { db, log, newId, publicUrl } = options;
  const kysely = new Kysely({
    dialect: new PostgresDialect({ pool: options.pool }),
    plugins: [new CamelCasePlugin()],
  });

  return betterAuth({
    appName: 'Admit',
    baseURL: publicUrl,
    basePath,
    secret: options.sessionSecret,
    database: (wanted: BetterAuthOptions) =>
      hashSessionTokens(kyselyAdapter(kysely, { type: 'postgres', transaction: true })(wanted)),
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      // Its warnings are wrong passwords and the like. The refusal that follows is counted, which is enough.
      log: (level, message, ...more) => log[level === 'error' ? 'error' : 'debug']({ more }, message),
    },
    trustedOrigins: (request) => trustedOrigins(options, request),
    advanced: {
      cookiePrefix: 'admit',
      database: {
        generateId: ({ model }) => (isOurs(model) ? newId(model) : randomUUID()),
      },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // Set explicitly, because in tests it would otherwise switch itself off.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    rateLimit: createAuthRateLimits(options.rateLimits),
    user: { modelName: 'users' },
    session: {
      modelName: 'sessions',
      fields: { token: 'tokenHash' },
      expiresIn: sessionSeconds,
      updateAge: prolongAfterSeconds,
      freshAge: freshSeconds,
    },
    account: { modelName: 'accounts' },
    verification: {
      modelName: 'verifications',
      storeIdentifier: { hash: async (id) => hashedIdentifier(id) },
    },
    emailAndPassword: {
      enabled: true,
      // The contract checks the length (contract/person.ts), in characters and not in UTF-16.
      minPasswordLength: 1,
      maxPasswordLength: 4096,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    emailVerification: {
      sendOnSignUp: true,
      // The link leads to verify-email.ts. better-auth's own link would work for anybody who opens it.
      sendVerificationEmail: ({ user, url }, request) =>
        sendVerificationLink(
          options,
          user,
          new URL(url).searchParams.get('callbackURL') ?? '/',
          request?.headers,
        ),
    },
    databaseHooks: {
      account: {
        update: {
          // Runs before the sessions end, so that no sign-in with the old password comes in after that.
          after: async ({ userId }) => {
            await db.writeAll((writes) => {
              noteCredentialsChanged(writes, userId as UserId, options.now());
              deletePendingOf(writes, userId as UserId);
            });
          },
        },
      },
      session: {
        create: {
          // Refuses with a clear code. In a race between the two, the trigger refuse_session_of_suspended still
          // holds.
          before: async ({ userId }) => {
            const user = await findUser(db, userId as UserId);
            if (user?.suspended_at) {
              throw APIError.from('FORBIDDEN', { code: 'SUSPENDED', message: 'This account is suspended.' });
            }
          },
          after: async ({ id, userId, userAgent }, context) => {
            const language = languageAsked(context?.headers);
            const opened = { id, userId: userId as UserId, userAgent: userAgent ?? '', language };
            await options.noteSignIn(opened);
          },
        },
      },
    },
    plugins: [
      // Before `anonymous`, which would move a guest to an account of which only the password has been checked so
      // far.
      twoFactor({
        issuer: 'Admit',
        backupCodeOptions: { customBackupCodesGenerate: makeBackupCodes },
        schema: { twoFactor: { modelName: 'twoFactors' } },
      }),
      // Only for what happens to a guest who signs in. open-guests.ts makes the guests.
      anonymous({
        // linkGuest deletes the guest, because it needs more care: see there.
        disableDeleteAnonymousUser: true,
        onLinkAccount: async ({ anonymousUser, newUser }) => {
          if (newUser.user.isAnonymous || newUser.user.id === anonymousUser.user.id) return;
          await options.linkGuest(anonymousUser.user.id as UserId, newUser.user.id as UserId);
        },
      }),
      bearer(),
      passkey({
        rpName: 'Admit',
        // In development and tests, the origin of the requesting page: see trustedOrigins.
        origin: options.env === 'production' ? new URL(publicUrl).origin : null,
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        // An id has one spelling in snake_case.
        schema: { passkey: { modelName: 'passkeys', fields: { credentialID: 'credentialId' } } },
        authentication: {
          // Without a finger, face or PIN, a passkey proves only possession, and is no second factor.
          afterVerification: async ({ verification }) => {
            if (verification.authenticationInfo.userVerified) return;
            throw APIError.from('UNAUTHORIZED', {
              code: 'AUTHENTICATION_FAILED',
              message: 'The device did not ask who you are.',
            });
          },
        },
      }),
      jwt({
        disableSettingJwtHeader: true,
        jwks: { keyPairConfig: { alg: 'EdDSA', crv: 'Ed25519' } },
        jwt: {
          issuer: publicUrl,
          audience: publicUrl,
          expirationTime: `${jwtSeconds}s`,
          definePayload: async ({ session }) => {
            const known = await findSessionById(db, session.id, session.createdAt);
            if (!known || known.suspended) throw APIError.fromStatus('UNAUTHORIZED');
            return claimsOf(known);
          },
        },
      }),
    ],
  });
}

const isOurs = (model: string): model is 'user' | 'session' | 'passkey' =>
  model === 'user' || model === 'session' || model === 'passkey';

/**
 * People write these codes down and read them back, so the alphabet has no letters and digits that look alike. 49
 * bits each.
 */
const paperAlphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const makeBackupCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = Array.from({ length: 10 }, () => paperAlphabet[randomInt(paperAlphabet.length)]).join('');
    return `${code.slice(0, 5)}-${code.slice(5)}`;
  });

/** The domain of guests' addresses. `.invalid` can't be registered (RFC 2606), so no mail to them ever leaves. */
const guestDomain = 'guests.invalid';
export const guestEmail = (guestId: UserId): string => `${guestId}@${guestDomain}`;

/** A JWT's own claims, besides `sub`, `iss`, `aud`, `iat` and `exp`. */
export interface Claims {
  sid: string;
  role: Session['caller']['role'];
  guest: boolean;
  verified: boolean;
  /** users.access_version: a token with an older one is refused. */
  ver: number;
}

const claimsOf = ({ caller }: Session): Claims & Record<string, unknown> => ({
  sid: caller.sessionId,
  role: caller.role,
  guest: caller.isGuest,
  verified: caller.emailVerified,
  ver: caller.accessVersion,
});

/** Our origin. In development and tests also any name of this machine under which the page was opened. */
function trustedOrigins({ env, publicUrl }: AuthOptions, request?: Request): string[] {
  const host = request?.headers.get('host');
  return env !== 'production' && host ? [publicUrl, `http://${host}`] : [publicUrl];
}

/**
 * Enqueues the verification mail of a sign-up in the transaction that makes the account, so that neither exists
 * without the other, wherever the process dies.
 */
async function sendVerificationLink(
  { transaction, seal, publicUrl, now }: AuthOptions,
  user: { id: string; name: string; email: string },
  callbackURL: string,
  headers: Headers | undefined,
): Promise<void> {
  if (user.email.endsWith(`@${guestDomain}`)) return;
  const token = randomBytes(24).toString('base64url');
  const expiresAt = new Date(now().getTime() + verificationLinkMs);
  const query = `token=${token}&callbackURL=${encodeURIComponent(callbackURL)}`;
  await transaction(async (trx) => {
    await writeLink(trx, { kind: 'verify-email', token, userId: user.id as UserId, expiresAt }, now());
    const url = `${publicUrl}${basePath}/verify-email?${query}`;
    writeAccountMail(trx, seal, 'verify-email', user, url, languageAsked(headers));
  });
}

const languageAsked = (headers: Headers | undefined): Language =>
  languageOf(headers?.get('accept-language') ?? undefined);
