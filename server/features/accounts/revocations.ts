import type { Notices } from '../../data/notices.ts';
import type { Caller } from './accounts.ts';

/**
 * Recent revocations, in memory. PostgreSQL announces them (data/notices.ts). While that connection is lost nothing
 * is known, so cookies and cached tokens may not be trusted without the database.
 */
export interface Revocations {
  /**
   * valid: trust it. stale: it may be out of date, so ask the database. revoked: the session has ended. suspended:
   * the account has no access.
   */
  judge(caller: Caller): 'valid' | 'stale' | 'revoked' | 'suspended';
  /**
   * Calls the listener with each new revocation, and repeats the recent ones after the connection was lost. Returns a
   * function that stops it.
   */
  onRevocation(listener: (revoked: Revoked) => void): () => void;
  /** Resolves when everything that committed before the call is known here. */
  catchUp(): Promise<void>;
  close(): void;
}

/** A session that has ended, or an account whose rights changed with this version. */
type Revoked =
  | { sessionId: string; userId: null; accessVersion: null }
  | { sessionId: null; userId: string; accessVersion: number };

/** Longer than any cookie or JWT lives. The migration has the same time in recent_revocations. */
const memoryMs = 20 * 60_000;

interface Revocation {
  session_id: string | null;
  user_id: string | null;
  access_version: number | null;
  suspended: boolean;
}

const readRecent = `select session_id, user_id, access_version, suspended from recent_revocations`;
const forgetOld = `
  delete from revocations where id in (
    select id from revocations
    where revoked_at < clock_timestamp() - interval '1 hour'
    limit 10000 for update skip locked)`;

export async function watchRevocations(options: {
  notices: Notices;
  monotonicMs: () => number;
}): Promise<Revocations> {
  const { notices, monotonicMs } = options;
  const sessions = new Map<string, number>();
  const users = new Map<string, { accessVersion: number; suspended: boolean; atMs: number }>();
  const listeners = new Set<(revoked: Revoked) => void>();
  const tell = (revoked: Revoked) => {
    for (const listener of listeners) listener(revoked);
  };

  function note(revocation: Revocation): void {
    const atMs = monotonicMs();
    if (revocation.session_id !== null) {
      sessions.set(revocation.session_id, atMs);
      tell({ sessionId: revocation.session_id, userId: null, accessVersion: null });
    }
    if (revocation.user_id === null) return;
    const accessVersion = revocation.access_version ?? 0;
    tell({ sessionId: null, userId: revocation.user_id, accessVersion });
    const known = users.get(revocation.user_id);
    if (known && known.accessVersion > accessVersion) return;
    users.set(revocation.user_id, { accessVersion, suspended: revocation.suspended, atMs });
  }

  function forget(): void {
    const before = monotonicMs() - memoryMs;
    for (const [id, atMs] of sessions) if (atMs < before) sessions.delete(id);
    for (const [id, { atMs }] of users) if (atMs < before) users.delete(id);
  }

  await notices.subscribe({
    channel: 'revocations',
    heard: (payload) => note(JSON.parse(payload) as Revocation),
    async opened(ask) {
      for (const revocation of await ask<Revocation>(readRecent)) note(revocation);
    },
  });
  const cleaning = setInterval(() => {
    forget();
    void notices.run(forgetOld);
  }, memoryMs).unref();

  return {
    judge(caller) {
      if (!notices.isLive()) return 'stale';
      const user = users.get(caller.userId);
      if (user && user.accessVersion > caller.accessVersion) {
        if (user.suspended) return 'suspended';
        return sessions.has(caller.sessionId) ? 'revoked' : 'stale';
      }
      return sessions.has(caller.sessionId) ? 'revoked' : 'valid';
    },
    onRevocation(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    catchUp: notices.catchUp,
    close() {
      clearInterval(cleaning);
    },
  };
}
