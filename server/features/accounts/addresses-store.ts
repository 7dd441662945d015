import type { Queryable } from '../../data/db.ts';

const addressesSql = `
  select id, name, email from users where id = any($1::text[]) and not is_anonymous and deleted_at is null`;

export const selectAddresses = (
  db: Queryable,
  ids: string[],
): Promise<{ id: string; name: string; email: string }[]> => db.query(addressesSql, [ids]);
