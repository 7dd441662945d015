import type { UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable } from '../../data/db.ts';

const addressesSql = `
  select id, name, email from users where id = any($1::text[]) and not is_anonymous and deleted_at is null`;

export const selectAddresses = (
  db: Queryable,
  ids: string[],
): Promise<{ id: string; name: string; email: string }[]> => db.query(addressesSql, [ids]);

const verifiedSql = `
  select id, name, email, language from users
  where id = any($1::text[]) and email_verified and not is_anonymous and deleted_at is null and suspended_at is null`;

export const selectVerified = (
  db: Queryable,
  ids: UserId[],
): Promise<{ id: UserId; name: string; email: string; language: Language | null }[]> =>
  db.query(verifiedSql, [ids]);
