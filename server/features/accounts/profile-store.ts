import type { Profile } from '../../../contract/accounts.ts';
import type { Category } from '../../../contract/events.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import type { Queryable } from '../../data/db.ts';

interface ProfileRow {
  name: string;
  home_city: string | null;
  interests: Category[];
  language: Language | null;
  mail_reminders: boolean;
  mail_sign_ins: boolean;
  mail_news: boolean;
  mail_exports: boolean;
}
const profileColumns = `name, home_city, interests, language, mail_reminders, mail_sign_ins, mail_news, mail_exports`;

const profileOfUser = `select ${profileColumns} from users where id = $1`;
export const findProfile = async (db: Queryable, id: UserId): Promise<Profile | null> =>
  toProfile(await db.query<ProfileRow>(profileOfUser, [id]));

// A home city may also be removed, so null can't mean "unchanged". $4 says it.
const changeOfProfile = `
  update users set
    name = coalesce($3, name),
    home_city = case when $4 then $5 else home_city end,
    interests = coalesce($6, interests),
    mail_reminders = coalesce($7, mail_reminders),
    mail_sign_ins = coalesce($8, mail_sign_ins),
    mail_news = coalesce($9, mail_news),
    mail_exports = coalesce($10, mail_exports),
    language = coalesce($11, language),
    updated_at = $2
  where id = $1 returning ${profileColumns}`;

interface ProfileChange {
  name?: string | undefined;
  homeCity?: string | null | undefined;
  interests?: Category[] | undefined;
  language?: Language | undefined;
  mails?: { [L in MailList]?: boolean | undefined } | undefined;
}

export const updateProfile = async (
  db: Queryable,
  id: UserId,
  { name, homeCity, interests, language, mails = {} }: ProfileChange,
  now: Date,
): Promise<Profile | null> =>
  toProfile(
    await db.query<ProfileRow>(changeOfProfile, [
      id,
      now,
      name ?? null,
      homeCity !== undefined,
      homeCity ?? null,
      interests ?? null,
      mails.reminders ?? null,
      mails.signIns ?? null,
      mails.news ?? null,
      mails.exports ?? null,
      language ?? null,
    ]),
  );

function toProfile([row]: ProfileRow[]): Profile | null {
  if (!row) return null;
  return {
    name: row.name,
    homeCity: row.home_city,
    interests: row.interests,
    language: row.language ?? 'en',
    mails: {
      reminders: row.mail_reminders,
      signIns: row.mail_sign_ins,
      news: row.mail_news,
      exports: row.mail_exports,
    },
  };
}

const languageOf = `select language from users where email = $1 and email_verified and not is_anonymous`;

export async function selectLanguage(db: Queryable, email: string): Promise<Language | null> {
  const [row] = await db.query<{ language: Language | null }>(languageOf, [email]);
  return row?.language ?? null;
}

const mailColumns = {
  reminders: 'mail_reminders',
  signIns: 'mail_sign_ins',
  news: 'mail_news',
  exports: 'mail_exports',
} as const satisfies Record<MailList, string>;
const wantsSql = (list: MailList) => `select ${mailColumns[list]} as wants from users where id = $1`;

/** False for an account that no longer exists. */
export async function selectWants(db: Queryable, userId: UserId, list: MailList): Promise<boolean> {
  const [row] = await db.query<{ wants: boolean }>(wantsSql(list), [userId]);
  return row?.wants ?? false;
}
