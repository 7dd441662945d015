import type pg from 'pg';
import { type ConnectionOptions, openClient } from '../../data/connections.ts';
import type { Log } from '../../log.ts';
import type { Caller } from './accounts.ts';

/**
 * What has been revoked of late, in memory. PostgreSQL tells it on one connection of its own (LISTEN);
 * while that is lost nothing is known, so nothing that spares the database may be trusted.
 */
export interface Revocations {
  /**
   * valid: trust it. stale: it may be out of date, ask the database. revoked: the session is gone.
   * suspended: so is the account's access.
   */
  judge(caller: Caller): 'valid' | 'stale' | 'revoked' | 'suspended';
  /**
   * Calls the listener with each revocation as it is heard, and with the recent ones again after the connection
   * was lost. Returns how to stop.
   */
  onRevocation(listener: (revoked: Revoked) => void): () => void;
  /** Resolves when everything that had committed when it was called is known here. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** A session that is gone, or an account that may do other things from this version on. */
export type Revoked =
  | { sessionId: string; userId: null; accessVersion: null }
  | { sessionId: null; userId: string; accessVersion: number };

/** Longer than any cookie or JWT lives; the same as recent_revocations in the migration. */
const memoryMs = 20 * 60_000;
const heartbeatMs = 5000;
const answerWithinMs = 5000;
const retryAfterMs = 1000;

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
  connection: ConnectionOptions;
  monotonicMs: () => number;
  log: Log;
}): Promise<Revocations> {
  const { connection, monotonicMs, log } = options;
  const sessions = new Map<string, number>();
  const users = new Map<string, { accessVersion: number; suspended: boolean; atMs: number }>();
  let live: pg.Client | null = null;
  let closed = false;
  let reconnecting: NodeJS.Timeout | undefined;

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

  async function connect(): Promise<void> {
    // Several callers may ask at once whether it has caught up.
    const client = openClient({ ...connection, pipeline: true, queryTimeoutMs: answerWithinMs });
    client.on('error', (error) => lose(client, error));
    client.on('end', () => lose(client, new Error('the connection ended')));
    client.on('notification', ({ payload }) => note(JSON.parse(payload ?? '{}') as Revocation));
    try {
      await client.connect();
      // First listen, then read: whatever commits between the two is told, and what committed before is read.
      await client.query('listen revocations');
      for (const revocation of (await client.query<Revocation>(readRecent)).rows) note(revocation);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    if (closed) return void client.end().catch(() => {});
    live = client;
  }

  function lose(client: pg.Client, error: unknown): void {
    if (live !== client) return;
    live = null;
    void client.end().catch(() => {});
    if (closed) return;
    log.warn({ err: error }, 'revocations are not heard of for now: callers are looked up in the database');
    retry();
  }

  function retry(): void {
    reconnecting = setTimeout(() => connect().catch(() => closed || retry()), retryAfterMs);
    reconnecting.unref();
  }

  /** A round trip: PostgreSQL hands out what it has to tell before it says that it is ready again. */
  async function roundTrip(text: string): Promise<void> {
    const client = live;
    if (!client) return;
    await client.query(text).catch((error) => lose(client, error));
  }

  function forget(): void {
    const before = monotonicMs() - memoryMs;
    for (const [id, atMs] of sessions) if (atMs < before) sessions.delete(id);
    for (const [id, { atMs }] of users) if (atMs < before) users.delete(id);
  }

  await connect();
  // A machine that dies says no goodbye: without a heartbeat the loss would go unnoticed for minutes.
  const heartbeat = setInterval(() => roundTrip('select 1'), heartbeatMs).unref();
  const cleaning = setInterval(() => {
    forget();
    void roundTrip(forgetOld);
  }, memoryMs).unref();

  return {
    judge(caller) {
      if (!live) return 'stale';
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
    catchUp: () => roundTrip('select 1'),
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearInterval(cleaning);
      clearTimeout(reconnecting);
      const client = live;
      live = null;
      await client?.end();
    },
  };
}
