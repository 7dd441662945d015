import type { Id, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

const passkeysOfUser = `select id, name, created_at from passkeys where user_id = $1 order by created_at, id`;
export const listPasskeysOf = (
  db: Queryable,
  userId: UserId,
): Promise<{ id: Id<'passkey'>; name: string | null; created_at: Date }[]> =>
  db.query(passkeysOfUser, [userId]);

const deletePasskeyOfUser = `delete from passkeys where user_id = $1 and id = $2`;
export const deletePasskey = (db: Queryable, userId: UserId, id: Id<'passkey'>): Promise<number> =>
  db.run(deletePasskeyOfUser, [userId, id]);

const passwordOfUser = `select password from accounts where user_id = $1 and provider_id = 'credential'`;
/** The hash of a user's password; null if they have none, like guests. */
export const findPasswordHash = async (db: Queryable, userId: UserId): Promise<string | null> =>
  (await db.query<{ password: string | null }>(passwordOfUser, [userId]))[0]?.password ?? null;

const secretOfUser = `select secret from two_factors where user_id = $1`;
/** The encrypted secret of a user's authenticator app. */
export const findTotpSecret = async (db: Queryable, userId: UserId): Promise<string | null> =>
  (await db.query<{ secret: string }>(secretOfUser, [userId]))[0]?.secret ?? null;

const useStep = `
  update two_factors set last_used_step = $2
  where user_id = $1 and (last_used_step is null or last_used_step < $2)`;
/** Uses up a time step and all earlier ones. False if it was used before. */
export const takeTotpStep = async (db: Queryable, userId: UserId, step: number): Promise<boolean> =>
  (await db.run(useStep, [userId, step])) > 0;

const sessionBegin = `select created_at from sessions where id = $1`;
export const findSessionBegin = async (db: Queryable, sessionId: string): Promise<Date | null> =>
  (await db.query<{ created_at: Date }>(sessionBegin, [sessionId]))[0]?.created_at ?? null;

// Guests' browsers are not recorded. The read sees only rows from before this statement.
const insertBrowser = `
  with added as (
    insert into known_browsers (user_id, browser, first_seen_at)
    select id, $2, $3 from users where id = $1 and not is_anonymous
    on conflict (user_id, browser) do nothing
    returning user_id)
  select account.name, account.email, account.language
  from added join users account on account.id = added.user_id
  where account.mail_sign_ins and exists (select from known_browsers before where before.user_id = account.id)`;
/** Records the browser. Returns the user to tell if the browser is of a new kind for the account, or null. */
export const noteBrowser = async (
  trx: Transaction,
  userId: UserId,
  browser: string,
  now: Date,
): Promise<{ name: string; email: string; language: Language | null } | null> =>
  (
    await trx.query<{ name: string; email: string; language: Language | null }>(insertBrowser, [
      userId,
      browser,
      now,
    ])
  )[0] ?? null;

const keepLanguage = `update users set language = $2 where id = $1 and language is null and not is_anonymous`;
/** Keeps the language of an account's first sign-in. The person may choose another one in the profile. */
export const noteLanguage = (trx: Transaction, userId: UserId, language: Language): Promise<number> =>
  trx.run(keepLanguage, [userId, language]);

const browsersOfUser = `
  select browser, first_seen_at from known_browsers where user_id = $1 order by first_seen_at, browser`;
export const listBrowsersOf = (
  db: Queryable,
  userId: UserId,
): Promise<{ browser: string; first_seen_at: Date }[]> => db.query(browsersOfUser, [userId]);

// Empties a deleted account's row. The id stays, because orders and check-ins reference it. It becomes a guest that
// nobody can sign in to, and its address is free for another account. The row is locked first, so that a concurrent
// sign-in waits (refuse_session_of_suspended) and then finds no account.
const emptyUser = `
  update users set
    name = 'Deleted account', email = id || '@deleted.invalid', email_verified = false, image = null,
    is_anonymous = true, role = 'user', two_factor_enabled = false, home_city = null, interests = '{}', language = null,
    mail_reminders = false, mail_sign_ins = false, mail_news = false, mail_exports = false, deleted_at = $2, updated_at = $2
  where id = $1 and deleted_at is null`;
const whatOpens = [
  `delete from sessions where user_id = $1`,
  `delete from accounts where user_id = $1`,
  `delete from passkeys where user_id = $1`,
  `delete from two_factors where user_id = $1`,
  `delete from known_browsers where user_id = $1`,
  `delete from message_choices where user_id = $1`,
  // The table of notifications: the row of the user stays, so no foreign key deletes the number.
  `delete from phone_numbers where user_id = $1`,
  // Links to reset the password, and sign-ins that wait for their second step.
  `delete from verifications where value = $1`,
];
/** Removes everything from a user that identifies them or lets them in. False if that was done before. */
export async function emptyAccount(trx: Transaction, userId: UserId, now: Date): Promise<boolean> {
  if ((await trx.run(emptyUser, [userId, now])) === 0) return false;
  for (const statement of whatOpens) await trx.run(statement, [userId]);
  return true;
}
