import type { Id, UserId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

/** A guest to be made for a key, and the id of their session. */
export interface NewGuest {
  keyHash: string;
  userId: UserId;
  email: string;
  sessionId: Id<'session'>;
  tokenHash: string;
}

// One statement makes guests and sessions for keys that nobody has used. A key that another request is using at this
// moment makes it wait for that request; then the key is not among the rows that come back.
const insertAll = `
  with asked as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
      as asked (key_hash, user_id, email, session_id, token_hash)
  ),
  used as (
    insert into guest_keys (key_hash, session_id, opened_at)
    select key_hash, session_id, $6 from asked order by key_hash
    on conflict (key_hash) do nothing returning key_hash
  ),
  guest as (
    insert into users (id, name, email, is_anonymous, created_at, updated_at)
    select user_id, 'Guest', email, true, $6, $6 from asked join used using (key_hash)
  ),
  session as (
    insert into sessions (id, user_id, token_hash, expires_at, ip_address, user_agent, created_at, updated_at)
    select session_id, user_id, token_hash, $7, '', '', $6, $6 from asked join used using (key_hash)
  )
  select key_hash from used`;

/** Makes the guests whose keys are new. Answers the hashes of those keys. */
export async function insertGuests(
  db: Queryable,
  guests: NewGuest[],
  expiresAt: Date,
  now: Date,
): Promise<Set<string>> {
  const made = await db.query<{ key_hash: string }>(insertAll, [
    guests.map((guest) => guest.keyHash),
    guests.map((guest) => guest.userId),
    guests.map((guest) => guest.email),
    guests.map((guest) => guest.sessionId),
    guests.map((guest) => guest.tokenHash),
    now,
    expiresAt,
  ]);
  return new Set(made.map((row) => row.key_hash));
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
