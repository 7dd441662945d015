import { createHmac, randomUUID } from 'node:crypto';
import type { Db } from '../../data/db.ts';
import { gather } from '../../gather.ts';
import type { NewId } from '../../ids.ts';
import type { Session } from './accounts.ts';
import { guestDomain, sessionSeconds } from './auth.ts';
import { findKeySessions, insertGuests } from './guest-store.ts';
import { findSessionById } from './store.ts';
import { tokenHash } from './token-hash.ts';

/**
 * For so long after its first use a guest key opens its session again. That covers double clicks, tabs and retries. A
 * script of the page can read the key and not the session's cookie, so the key must be of no use for long.
 */
export const guestKeyMs = 10 * 60_000;

export interface OpenedGuest {
  session: Session;
  token: string;
}

/**
 * Opens the session of the guest that a key stands for. The first use of a key makes the guest; later uses, also at the
 * same instant and in another process, find the same session. Null if the key is over: it is older than guestKeyMs, or
 * its session has ended because the guest signed out or became an account.
 */
export function createGuestOpener(options: {
  db: Db;
  newId: NewId;
  now: () => Date;
  sessionSecret: string;
}): (key: string) => Promise<OpenedGuest | null> {
  const { db, newId, now } = options;
  // A key of its own, so that nothing else that is signed with the secret can ever pass for a token.
  const tokenKey = createHmac('sha256', options.sessionSecret).update('admit guest session 1').digest();
  // Follows from key and session: so every request that shows the key gets the same token, which nobody stores.
  const tokenOf = (key: string, sessionId: string) =>
    createHmac('sha256', tokenKey).update(`${key}\0${sessionId}`).digest('hex').slice(0, 32);

  return gather(async (keys: string[]): Promise<(OpenedGuest | null)[]> => {
    const at = now();
    const expiresAt = new Date(at.getTime() + sessionSeconds * 1000);
    const guests = [...new Set(keys)].map((key) => {
      const sessionId = newId('session');
      return {
        key,
        keyHash: tokenHash(key),
        userId: newId('user'),
        email: `${randomUUID()}@${guestDomain}`,
        sessionId,
        tokenHash: tokenHash(tokenOf(key, sessionId)),
      };
    });
    const made = await insertGuests(db, guests, expiresAt, at);
    const opened = new Map<string, OpenedGuest>();
    for (const { key, keyHash, userId, sessionId } of guests) {
      if (!made.has(keyHash)) continue;
      const session = newSession(userId, sessionId, expiresAt);
      opened.set(key, { session, token: tokenOf(key, sessionId) });
    }
    const known = guests.filter(({ keyHash }) => !made.has(keyHash));
    if (known.length > 0) await addKnown(known, at, opened);
    return keys.map((key) => opened.get(key) ?? null);
  }, 500);

  async function addKnown(
    known: { key: string; keyHash: string }[],
    at: Date,
    opened: Map<string, OpenedGuest>,
  ): Promise<void> {
    const since = new Date(at.getTime() - guestKeyMs);
    const keyOf = new Map(known.map(({ key, keyHash }) => [keyHash, key]));
    const found = await findKeySessions(db, [...keyOf.keys()], since);
    await Promise.all(
      found.map(async ({ keyHash, sessionId }) => {
        const session = await findSessionById(db, sessionId, at);
        const key = keyOf.get(keyHash) as string;
        if (session?.caller.isGuest) opened.set(key, { session, token: tokenOf(key, sessionId) });
      }),
    );
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
