import { type CryptoKey, errors, importJWK, type JWK, jwtVerify } from 'jose';
import { userRoles } from '../../../contract/accounts.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { Db } from '../../data/db.ts';
import type { Caller } from './accounts.ts';
import type { Claims } from './auth.ts';
import { listSigningKeys } from './store.ts';

/** Returns a JWT's caller and expiry; null if it is not one of ours or has expired. */
type VerifyToken = (jwt: string) => Promise<{ caller: Caller; expiresAtMs: number } | null>;

/** The minimum interval between look-ups of unknown keys, because anybody can invent key ids. */
const reloadEveryMs = 10_000;

/**
 * Verifies JWTs with the public keys in memory. Algorithm, issuer and audience are fixed here and never taken from
 * the token. `exp` is required.
 */
export function createTokenVerifier(options: {
  db: Db;
  publicUrl: string;
  now: () => Date;
  monotonicMs: () => number;
}): VerifyToken {
  const { db, publicUrl, now, monotonicMs } = options;
  const keys = new Map<string, CryptoKey | Uint8Array>();
  let loadedAtMs = Number.NEGATIVE_INFINITY;

  async function keyOf(id: string | undefined): Promise<CryptoKey | Uint8Array> {
    const known = id !== undefined && keys.get(id);
    if (known) return known;
    if (monotonicMs() - loadedAtMs > reloadEveryMs) {
      for (const key of await listSigningKeys(db)) {
        keys.set(key.id, await importJWK(JSON.parse(key.public_key) as JWK, 'EdDSA'));
      }
      loadedAtMs = monotonicMs();
    }
    const found = id !== undefined && keys.get(id);
    if (!found) throw new errors.JWKSNoMatchingKey();
    return found;
  }

  return async (jwt) => {
    try {
      const { payload } = await jwtVerify<Claims>(jwt, ({ kid }) => keyOf(kid), {
        algorithms: ['EdDSA'],
        issuer: publicUrl,
        audience: publicUrl,
        requiredClaims: ['sub', 'exp', 'iat', 'sid', 'role', 'ver'],
        currentDate: now(),
      });
      if (!userRoles.includes(payload.role)) return null;
      return {
        caller: {
          userId: payload.sub as UserId,
          sessionId: payload.sid,
          role: payload.role,
          isGuest: payload.guest !== false,
          emailVerified: payload.verified === true,
          accessVersion: Number(payload.ver),
        },
        expiresAtMs: Number(payload.exp) * 1000,
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
}

/** The expiry of an Authorization header's JWT, in ms; null if it is no JWT. It does not check the signature. */
export function jwtExpiryOf(authorization: string | undefined): number | null {
  const [, payload] = /^bearer [^.]+\.([^.]+)\.[^.]+$/i.exec(authorization?.trim() ?? '') ?? [];
  if (!payload) return null;
  try {
    return Number(JSON.parse(Buffer.from(payload, 'base64url').toString()).exp) * 1000;
  } catch {
    return null;
  }
}
