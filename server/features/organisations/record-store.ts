import type { OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export interface RecordKeeping {
  country: string | null;
  namesKeptDays: number;
}

const find = `select country, names_kept_days as "namesKeptDays" from organisations where id = $1`;
export async function findRecordKeeping(db: Queryable, id: OrganisationId): Promise<RecordKeeping> {
  const [row] = await db.query<RecordKeeping>(find, [id]);
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

const lock = `${find} for no key update`;
export async function lockRecordKeeping(trx: Transaction, id: OrganisationId): Promise<RecordKeeping> {
  const [row] = await trx.query<RecordKeeping>(lock, [id]);
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

const update = `update organisations set country = $2, names_kept_days = $3 where id = $1`;
export const updateRecordKeeping = (
  db: Queryable,
  id: OrganisationId,
  { country, namesKeptDays }: RecordKeeping,
): Promise<number> => db.run(update, [id, country, namesKeptDays]);
