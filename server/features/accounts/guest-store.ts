import type { Id, UserId } from '../../../contract/ids.ts';
import type { Queryable, Writes } from '../../data/db.ts';

/** A guest to be made, with their first session. */
export interface NewGuest {
  /** Null for a guest who signs in without a guest key. */
  keyHash: string | null;
  userId: UserId;
  email: string;
  sessionId: Id<'session'>;
  tokenHash: string;
  ipAddress: string;
  userAgent: string;
}

// One statement makes guests and sessions, except for keys that somebody has used. A key that another request is using
// at this moment makes it wait for that request; then the guest of that key is not among the rows that come back. The
// arrays come out of sub-selects, which hides their length from the planner, so it plans once and not for each call.
const insertAll = `
  with new_guest as (
    select * from unnest((select $1::text[]), (select $2::text[]), (select $3::text[]), (select $4::text[]),
        (select $5::text[]), (select $6::text[]), (select $7::text[]))
      as new_guest (key_hash, user_id, email, session_id, token_hash, ip_address, user_agent)
  ),
  used as (
    insert into guest_keys (key_hash, session_id, opened_at)
    select key_hash, session_id, $8 from new_guest where key_hash is not null order by key_hash
    on conflict (key_hash) do nothing returning session_id
  ),
  opened as (
    select * from new_guest where key_hash is null or session_id in (select session_id from used)
  ),
  guest as (
    insert into users (id, name, email, is_anonymous, created_at, updated_at)
    select user_id, 'Guest', email, true, $8, $8 from opened
  ),
  session as (
    insert into sessions (id, user_id, token_hash, expires_at, ip_address, user_agent, created_at, updated_at)
    select session_id, user_id, token_hash, $9, ip_address, user_agent, $8, $8 from opened
  )
  select session_id as "sessionId" from opened`;

/** Makes the guests without a key and those whose keys are new. Answers the ids of their sessions. */
export async function insertGuests(
  db: Queryable,
  guests: NewGuest[],
  expiresAt: Date,
  now: Date,
): Promise<Set<Id<'session'>>> {
  const made = await db.query<{ sessionId: Id<'session'> }>(insertAll, [
    guests.map((guest) => guest.keyHash),
    guests.map((guest) => guest.userId),
    guests.map((guest) => guest.email),
    guests.map((guest) => guest.sessionId),
    guests.map((guest) => guest.tokenHash),
    guests.map((guest) => guest.ipAddress),
    guests.map((guest) => guest.userAgent),
    now,
    expiresAt,
  ]);
  return new Set(made.map((row) => row.sessionId));
}

const sessionsOfKeys = `
  select key_hash as "keyHash", session_id as "sessionId" from guest_keys
  where key_hash = any ($1) and opened_at > $2`;
/** The ids of the sessions that keys opened after `since`. Whether the sessions are still there is not asked. */
export const findKeySessions = (
  db: Queryable,
  keyHashes: string[],
  since: Date,
): Promise<{ keyHash: string; sessionId: Id<'session'> }[]> => db.query(sessionsOfKeys, [keyHashes, since]);

const oldKeys = `
  delete from guest_keys where key_hash in (
    select key_hash from guest_keys where opened_at < $1 order by key_hash for update skip locked)`;
export const deleteGuestKeys = (db: Queryable, openedBefore: Date): Promise<number> =>
  db.run(oldKeys, [openedBefore]);

const recipients = `
  insert into users (id, name, email, is_anonymous, created_at, updated_at)
  select id, 'Guest', email, true, $3, $3 from unnest($1::text[], $2::text[]) as recipient (id, email)
  on conflict (id) do nothing`;
/** Makes guests without a session, unless they are there. */
export const insertRecipients = (trx: Writes, ids: UserId[], emails: string[], now: Date): void =>
  trx.write(recipients, [ids, emails, now]);
