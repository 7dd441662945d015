import type { UserRole } from '../../../contract/accounts.ts';
import type { Id, UserId } from '../../../contract/ids.ts';
import { systemClock } from '../../clock.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';
import type { Session } from './accounts.ts';
import { tokenHash } from './token-hash.ts';

interface SessionRow {
  id: Id<'session'>;
  token_hash: string;
  expires_at: Date;
  user_id: UserId;
  role: UserRole;
  is_anonymous: boolean;
  email_verified: boolean;
  access_version: number;
  suspended: boolean;
}

const selectSession = `
  select session.id, session.token_hash, session.expires_at, session.user_id,
    account.role, account.is_anonymous, account.email_verified, account.access_version,
    account.suspended_at is not null as suspended
  from sessions session join users account on account.id = session.user_id`;
const sessionByToken = `${selectSession} where session.token_hash = $1 and session.expires_at > $2`;
const sessionById = `${selectSession} where session.id = $1 and session.expires_at > $2`;

export const findSessionByToken = async (db: Queryable, token: string, now: Date): Promise<Session | null> =>
  toSession(await db.query<SessionRow>(sessionByToken, [tokenHash(token), now]));

export const findSessionById = async (db: Queryable, id: string, now: Date): Promise<Session | null> =>
  toSession(await db.query<SessionRow>(sessionById, [id, now]));

const sessionsByIds = `${selectSession} where session.id = any ($1) and session.expires_at > $2`;
/** Finds a session that has not ended by the machine's clock. Concurrent calls share a query. */
export const findSessionNow = gatherPerDb(async (db, ids: string[]): Promise<(Session | null)[]> => {
  const rows = await db.query<SessionRow>(sessionsByIds, [ids, systemClock.now()]);
  const found = new Map(rows.map((row) => [row.id as string, toSession([row])]));
  return ids.map((id) => found.get(id) ?? null);
}, 1000);

function toSession([row]: SessionRow[]): Session | null {
  if (!row) return null;
  return {
    id: row.id,
    expiresAt: row.expires_at,
    caller: {
      userId: row.user_id,
      sessionId: row.id,
      role: row.role,
      isGuest: row.is_anonymous,
      emailVerified: row.email_verified,
      accessVersion: row.access_version,
    },
    suspended: row.suspended,
  };
}

// The rows have the order of the given users.
const insertSessionsOfUsers = `
  insert into sessions (id, user_id, token_hash, expires_at, ip_address, user_agent, created_at, updated_at)
  select id, user_id, token_hash, $4, '', '', $5, $5
  from unnest($1::text[], $2::text[], $3::text[]) as opened (id, user_id, token_hash)`;

export async function insertSessions(
  db: Queryable,
  sessions: { id: Id<'session'>; userId: UserId; token: string }[],
  expiresAt: Date,
  now: Date,
): Promise<void> {
  await db.run(insertSessionsOfUsers, [
    sessions.map((session) => session.id),
    sessions.map((session) => session.userId),
    sessions.map((session) => tokenHash(session.token)),
    expiresAt,
    now,
  ]);
}

const sessionsByTokens = `${selectSession} where session.token_hash = any($1)`;
/** The sessions of these tokens, by token. */
export async function findSessionsByTokens(db: Queryable, tokens: string[]): Promise<Map<string, Session>> {
  const hashes = new Map(tokens.map((token) => [tokenHash(token), token]));
  const rows = await db.query<SessionRow>(sessionsByTokens, [[...hashes.keys()]]);
  return new Map(rows.map((row) => [hashes.get(row.token_hash) as string, toSession([row]) as Session]));
}

interface SessionSummary {
  id: Id<'session'>;
  created_at: Date;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
}
const sessionsOfUser = `
  select id, created_at, expires_at, ip_address, user_agent
  from sessions where user_id = $1 and expires_at > $2
  order by created_at desc limit 100`;
export const listSessionsOf = (db: Queryable, userId: UserId, now: Date): Promise<SessionSummary[]> =>
  db.query<SessionSummary>(sessionsOfUser, [userId, now]);

const deleteSessionOfUser = `delete from sessions where user_id = $1 and id = $2`;
export const deleteSession = (db: Queryable, userId: UserId, sessionId: string): Promise<number> =>
  db.run(deleteSessionOfUser, [userId, sessionId]);

const deleteSessionsOfUser = `delete from sessions where user_id = $1 and id <> $2`;
/** Deletes all sessions of a user except one; '' keeps none. */
export const deleteSessionsExcept = (db: Queryable, userId: UserId, spared: string): Promise<number> =>
  db.run(deleteSessionsOfUser, [userId, spared]);

export interface UserRow {
  id: UserId;
  name: string;
  email: string;
  email_verified: boolean;
  is_anonymous: boolean;
  role: UserRole;
  suspended_at: Date | null;
  suspended_reason: string | null;
  two_factor_enabled: boolean;
  created_at: Date;
}
const userColumns = `id, name, email, email_verified, is_anonymous, role, suspended_at, suspended_reason, two_factor_enabled, created_at`;
const userById = `select ${userColumns} from users where id = $1`;
export const findUser = async (db: Queryable, id: UserId): Promise<UserRow | null> =>
  (await db.query<UserRow>(userById, [id]))[0] ?? null;

const addressesByIds = `
  select id, email, email_verified as "emailVerified"
  from unnest((select $1::text[])) as wanted (id) join users using (id)`;
/** The e-mail addresses of accounts, and whether their owners have verified them. */
export const listAddresses = (
  db: Queryable,
  ids: UserId[],
): Promise<{ id: UserId; email: string; emailVerified: boolean }[]> => db.query(addressesByIds, [ids]);

const lockById = `${userById} for no key update`;
/** Locks an account, so that its state before a change of an admin is known for certain. */
export const lockUserRow = async (trx: Transaction, id: UserId): Promise<UserRow | null> =>
  (await trx.query<UserRow>(lockById, [id]))[0] ?? null;

/** The suspension as the audit log shows it. */
export const suspensionOf = ({ suspended_at, suspended_reason }: UserRow) => ({
  suspended: suspended_at !== null,
  reason: suspended_reason,
});

const namesByIds = `select id, name from users where id = any($1) and deleted_at is null and not is_anonymous`;
export const findNames = (db: Queryable, ids: string[]): Promise<{ id: UserId; name: string }[]> =>
  db.query(namesByIds, [ids]);

const userByEmail = `select ${userColumns} from users where email = $1`;
export const findUserByEmail = async (db: Queryable, email: string): Promise<UserRow | null> =>
  (await db.query<UserRow>(userByEmail, [email.toLowerCase()]))[0] ?? null;

const lockActive = `
  select email, email_verified as "emailVerified" from users
  where id = $1 and suspended_at is null and deleted_at is null
  for no key update`;
export const lockUser = async (
  trx: Transaction,
  id: UserId,
): Promise<{ email: string; emailVerified: boolean } | null> =>
  (await trx.query<{ email: string; emailVerified: boolean }>(lockActive, [id]))[0] ?? null;

// A second suspension keeps the first one's time and takes the newer reason.
const markSuspended = `
  update users set suspended_at = coalesce(suspended_at, $3), suspended_reason = $2, updated_at = $3
  where id = $1 returning ${userColumns}`;
export const suspend = async (
  trx: Transaction,
  id: UserId,
  reason: string,
  now: Date,
): Promise<UserRow | null> => (await trx.query<UserRow>(markSuspended, [id, reason, now]))[0] ?? null;

const markRestored = `
  update users set suspended_at = null, suspended_reason = null, updated_at = $2
  where id = $1 returning ${userColumns}`;
export const restore = async (db: Queryable, id: UserId, now: Date): Promise<UserRow | null> =>
  (await db.query<UserRow>(markRestored, [id, now]))[0] ?? null;

// A guest gets no role, because a guest has no address to identify them.
const updateRole = `
  update users set role = $2, updated_at = $3
  where id = $1 and not is_anonymous returning ${userColumns}`;
export const setRole = async (
  db: Queryable,
  id: UserId,
  role: UserRole,
  now: Date,
): Promise<UserRow | null> => (await db.query<UserRow>(updateRole, [id, role, now]))[0] ?? null;

const raiseUser = `update users set role = 'organizer', updated_at = $2 where id = $1 and role = 'user'`;
export const raiseRole = (trx: Transaction, id: UserId, now: Date): Promise<number> =>
  trx.run(raiseUser, [id, now]);

const markVerified = `update users set email_verified = true, updated_at = $2 where id = $1 and not email_verified`;
export const verify = (db: Queryable, id: UserId, now: Date): Promise<number> =>
  db.run(markVerified, [id, now]);

const deleteGuestById = `delete from users where id = $1 and is_anonymous`;
export const deleteGuest = (db: Queryable, id: UserId): Promise<number> => db.run(deleteGuestById, [id]);

const insertUserRow = `
  insert into users (id, name, email, email_verified, role, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $6)
  on conflict (email) do nothing`;
const insertPassword = `
  insert into accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
  values ($1, $2, $2, 'credential', $3, $4, $4)`;
/** Creates a user with a password. False if the address already has an account. */
export async function insertUser(
  trx: Transaction,
  user: { id: UserId; name: string; email: string; verified: boolean; role: UserRole; passwordHash: string },
  accountId: string,
  now: Date,
): Promise<boolean> {
  const { id, name, email, verified, role, passwordHash } = user;
  if ((await trx.run(insertUserRow, [id, name, email.toLowerCase(), verified, role, now])) === 0)
    return false;
  await trx.run(insertPassword, [accountId, id, passwordHash, now]);
  return true;
}

const signingKeys = `select id, public_key from jwks`;
export const listSigningKeys = (db: Queryable): Promise<{ id: string; public_key: string }[]> =>
  db.query(signingKeys);
