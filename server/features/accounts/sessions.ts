import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import type { Caller } from './accounts.ts';
import { deleteSession, deleteSessionsExcept, listSessionsOf } from './store.ts';

/** Lists the caller's sessions, newest first, without tokens: an id is enough to end one. */
export async function readSessions(app: App, { caller }: { caller: Caller }) {
  const rows = await listSessionsOf(app.db, caller.userId, systemClock.now());
  return {
    items: rows.map((row) => ({
      id: row.id,
      current: row.id === caller.sessionId,
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      ipAddress: row.ip_address ?? '',
      userAgent: row.user_agent ?? '',
    })),
  };
}

export async function endSession(app: App, call: { caller: Caller; params: { sessionId: string } }) {
  const ended = await deleteSession(app.db, call.caller.userId, call.params.sessionId);
  if (ended === 0) throw new Refused('not_found');
  await app.accounts.catchUp();
  return undefined;
}

export async function endOtherSessions(app: App, { caller }: { caller: Caller }) {
  await deleteSessionsExcept(app.db, caller.userId, caller.sessionId);
  await app.accounts.catchUp();
  return undefined;
}
