import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { hashOf, isSecret, secretOf } from './secret.ts';
import { findKeyBySecret, type KeyRow, type KnownKey, noteKeyUse } from './store.ts';

type Parts = Pick<App, 'db' | 'caches' | 'notices' | 'clock' | 'accounts' | 'log'>;

/**
 * Identifies the key of a request. The caller is the person who made the key, with the rights that the key leaves. Throws
 * `invalid_api_key`, `api_key_expired`, or `suspended` if that person's account is suspended.
 */
export async function identifyKey(app: Parts, authorization: string): Promise<Caller> {
  const secret = secretOf(authorization);
  const known = isSecret(secret) ? await readKey(app, hashOf(secret)) : null;
  if (!known || known.key.revokedAt) throw new Refused('invalid_api_key');
  const { key, isOld } = known;
  const now = app.clock.now();
  if (hasEnded(key.expiresAt, now) || (isOld && hasEnded(key.oldUntil, now)))
    throw new Refused('api_key_expired');
  if (known.suspended) throw new Refused('suspended');
  noteUse(app, known, now);
  const { id, name, organisationId, scopes, eventIds: events } = key;
  return { ...known.caller, key: { id, name, organisationId, scopes, events } };
}

const hasEnded = (at: Date | null, now: Date): boolean => at !== null && at <= now;

/**
 * Finds a key by its secret's hash. As with devices of the door (door-links/find-device.ts), the cache gets the look-up
 * before the database is asked, so that a revocation that commits meanwhile drops it. A key is read again after the rights of
 * the person who made it have changed, and on each use while this process cannot hear of changes.
 */
async function readKey(app: Parts, hash: Buffer): Promise<KnownKey | null> {
  const { db, caches, accounts, notices } = app;
  if (!notices.isLive()) return findKeyBySecret(db, hash);
  const at = hash.toString('base64url');
  const cached = await caches.apiKeys.get(at);
  if (cached && accounts.isCurrent(cached.caller)) return cached;
  const reading = findKeyBySecret(db, hash);
  caches.apiKeys.put(at, reading);
  const forget = () => {
    if (caches.apiKeys.get(at) === reading) caches.apiKeys.forget(at);
  };
  // A failure is not kept, and neither is an unknown secret: strangers could fill the cache with them.
  reading.then((known) => known ?? forget(), forget);
  return reading;
}

const noteEveryMs = 60_000;

/** Writes when the key was used last, once a minute at most. The request does not wait for it. */
function noteUse({ db, log }: Parts, { key }: { key: KeyRow }, now: Date): void {
  if (key.lastUsedAt && now.getTime() - key.lastUsedAt.getTime() < noteEveryMs) return;
  // The cached row knows it at once, so that requests that arrive meanwhile do not write it too.
  key.lastUsedAt = now;
  noteKeyUse(db, key.id, now).catch((error) =>
    log.warn({ err: error, apiKey: key.id }, 'the use of an API key could not be noted'),
  );
}
