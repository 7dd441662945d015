import { createHmac, randomBytes } from 'node:crypto';
import type { Db } from '../../data/db.ts';
import { gather } from '../../gather.ts';
import type { NewId } from '../../ids.ts';
import type { Session } from './accounts.ts';
import { guestEmail, sessionSeconds } from './auth.ts';
import { findKeySessions, insertGuests, type NewGuest } from './guest-store.ts';
import { findSessionById } from './store.ts';
import { tokenHash } from './token-hash.ts';

/**
 * For so long after its first use a guest key opens its session again. That covers double clicks, tabs and retries. A
 * script of the page can read the key and not the session's cookie, so the key must be of no use for long.
 */
export const guestKeyMs = 10 * 60_000;

/** Who asks to be a guest. */
export interface GuestRequest {
  /** The guest key; null for a guest of their own (sign-in-guest.ts). */
  key: string | null;
  /** The caller's network (http/networks.ts), which the list of sessions shows. */
  network: string;
  userAgent: string;
}

interface OpenedGuest {
  session: Session;
  token: string;
}

/**
 * Opens guests' sessions. Requests that arrive together share one statement, because a statement that commits costs the
 * same for one guest as for hundreds. better-auth needs 4 ms of the thread for a guest.
 *
 * The first use of a key makes the guest; later uses, also at the same instant and in another process, find the same
 * session. Null if the key is over: it is older than guestKeyMs, or its session has ended because the guest signed out or
 * became an account. A request without a key always gets a new guest.
 */
export function createGuestOpener(options: {
  db: Db;
  newId: NewId;
  now: () => Date;
  sessionSecret: string;
}): (request: GuestRequest) => Promise<OpenedGuest | null> {
  const { db, newId, now } = options;
  // A key of its own, so that nothing else that is signed with the secret can ever pass for a token.
  const tokenKey = createHmac('sha256', options.sessionSecret).update('admit guest session 1').digest();
  // Follows from key and session: so every request that shows the key gets the same token, which nobody stores.
  const tokenOf = (key: string, sessionId: string) =>
    createHmac('sha256', tokenKey).update(`${key}\0${sessionId}`).digest('hex').slice(0, 32);

  function toGuest({
    key,
    network,
    userAgent,
  }: GuestRequest): NewGuest & { key: string | null; token: string } {
    const userId = newId('user');
    const sessionId = newId('session');
    const token = key === null ? randomBytes(16).toString('hex') : tokenOf(key, sessionId);
    return {
      key,
      token,
      keyHash: key === null ? null : tokenHash(key),
      userId,
      email: guestEmail(userId),
      sessionId,
      tokenHash: tokenHash(token),
      ipAddress: network,
      userAgent: userAgent.slice(0, 500),
    };
  }

  return gather(async (requests: GuestRequest[]): Promise<(OpenedGuest | null)[]> => {
    const at = now();
    const expiresAt = new Date(at.getTime() + sessionSeconds * 1000);
    const ofKey = new Map<string, ReturnType<typeof toGuest>>();
    const guests = requests.map((request) => {
      const guest = (request.key !== null && ofKey.get(request.key)) || toGuest(request);
      if (request.key !== null) ofKey.set(request.key, guest);
      return guest;
    });
    const made = await insertGuests(db, [...new Set(guests)], expiresAt, at);
    const known = [...ofKey.values()].filter(({ sessionId }) => !made.has(sessionId));
    const opened =
      known.length > 0
        ? await findKnown(
            known.map(({ key }) => key as string),
            at,
          )
        : new Map<string, OpenedGuest>();
    return guests.map(({ key, token, userId, sessionId }) =>
      made.has(sessionId)
        ? { session: newSession(userId, sessionId, expiresAt), token }
        : (opened.get(key as string) ?? null),
    );
  }, 500);

  /** The sessions of keys that were used before, by key. */
  async function findKnown(keys: string[], at: Date): Promise<Map<string, OpenedGuest>> {
    const opened = new Map<string, OpenedGuest>();
    const since = new Date(at.getTime() - guestKeyMs);
    const keyOf = new Map(keys.map((key) => [tokenHash(key), key]));
    const found = await findKeySessions(db, [...keyOf.keys()], since);
    await Promise.all(
      found.map(async ({ keyHash, sessionId }) => {
        const session = await findSessionById(db, sessionId, at);
        const key = keyOf.get(keyHash) as string;
        if (session?.caller.isGuest) opened.set(key, { session, token: tokenOf(key, sessionId) });
      }),
    );
    return opened;
  }
}

/** A guest's first session, as the database has just been given it. */
const newSession = (
  userId: Session['caller']['userId'],
  sessionId: Session['id'],
  expiresAt: Date,
): Session => ({
  id: sessionId,
  expiresAt,
  suspended: false,
  caller: { userId, sessionId, role: 'user', isGuest: true, emailVerified: false, accessVersion: 1 },
});
