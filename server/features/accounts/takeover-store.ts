import { randomUUID } from 'node:crypto';
import type { UserId } from '../../../contract/ids.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

/** A user, as a change of the password or a verification of the address needs them. */
interface LockedUser {
  id: UserId;
  name: string;
  email: string;
  email_verified: boolean;
  suspended: boolean;
}

const columns = `id, name, email, email_verified, suspended_at is not null as suspended`;
// Locks the row. A concurrent sign-in waits for it (refuse_session_of_suspended). So it opens its session either
// before this deletes all sessions, or after, when `changedSince` refuses it.
const lockById = `select ${columns} from users where id = $1 and not is_anonymous for update`;
export const lockUser = async (trx: Transaction, id: UserId): Promise<LockedUser | null> =>
  (await trx.query<LockedUser>(lockById, [id]))[0] ?? null;

const lockByEmail = `select ${columns} from users where email = $1 and not is_anonymous for update`;
export const lockUserByEmail = async (trx: Transaction, email: string): Promise<LockedUser | null> =>
  (await trx.query<LockedUser>(lockByEmail, [email.toLowerCase()]))[0] ?? null;

const deleteAccounts = `delete from accounts where user_id = $1`;
const insertPassword = `
  insert into accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
  values ($1, $2, $2, 'credential', $3, $4, $4)`;
const deleteSessions = `delete from sessions where user_id = $1`;
const noteChange = `update users set credentials_changed_at = clock_timestamp(), updated_at = $2 where id = $1`;
/** Sets the password and ends every session. */
export function replacePassword(trx: Transaction, id: UserId, passwordHash: string, now: Date): void {
  trx.write(deleteAccounts, [id]);
  trx.write(insertPassword, [randomUUID(), id, passwordHash, now]);
  trx.write(noteChange, [id, now]);
  trx.write(deleteSessions, [id]);
}

export const noteCredentialsChanged = (trx: Writes, id: UserId, now: Date): void =>
  trx.write(noteChange, [id, now]);

const unproved = [
  `delete from passkeys where user_id = $1`,
  `delete from two_factors where user_id = $1`,
  `delete from known_browsers where user_id = $1`,
  `delete from message_choices where user_id = $1`,
  // The table of notifications: whoever set the account up before may have given their own number.
  `delete from phone_numbers where user_id = $1`,
];
// A stranger may have typed the name, and mails greet with it. So the name becomes the first part of the address, and
// the owner can change it in the profile.
const proveAddress = `
  update users set
    email_verified = true, name = left(split_part(email, '@', 1), 80), image = null, two_factor_enabled = false,
    home_city = null, interests = '{}', language = null, mail_reminders = true, mail_sign_ins = true, mail_news = true,
    mail_exports = true, updated_at = $2
  where id = $1`;
/** Verifies the address because its owner has acted. Of what was set up before, only orders and holds remain. */
export function forgetUnproved(trx: Transaction, id: UserId, now: Date): void {
  for (const statement of unproved) trx.write(statement, [id]);
  trx.write(proveAddress, [id, now]);
}

const databaseTime = `select clock_timestamp()::text as now`;
/** To the microsecond, as text, because a Date would cut it. */
export const readDatabaseTime = async (db: Queryable): Promise<string> =>
  (await db.query<{ now: string }>(databaseTime))[0]?.now as string;

const changedAfter = `select from users where id = $1 and credentials_changed_at > $2::timestamptz`;
/** True if the account's password was changed since then, so that somebody with the old password must not get in. */
export const changedSince = async (db: Queryable, id: UserId, since: string): Promise<boolean> =>
  (await db.query(changedAfter, [id, since])).length > 0;

const sessionOfUser = `select from sessions where id = $1 and user_id = $2 and expires_at > $3`;
export const hasSession = async (db: Queryable, id: UserId, sessionId: string, now: Date): Promise<boolean> =>
  (await db.query(sessionOfUser, [sessionId, id, now])).length > 0;
