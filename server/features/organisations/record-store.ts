import type { OrganisationId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';

export interface RecordKeeping {
  country: string | null;
  namesKeptDays: number;
}

interface RecordKeepingRow extends RecordKeeping {
  version: number;
}

const find = `
  select country, names_kept_days as "namesKeptDays", records_version as version
  from organisations where id = $1`;
export async function findRecordKeeping(db: Queryable, id: OrganisationId): Promise<RecordKeepingRow> {
  const [row] = await db.query<RecordKeepingRow>(find, [id]);
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

const lock = `${find} for no key update`;
export async function lockRecordKeeping(trx: Transaction, id: OrganisationId): Promise<RecordKeepingRow> {
  const [row] = await trx.query<RecordKeepingRow>(lock, [id]);
  if (!row) throw new Error(`there is no organisation ${id}`);
  return row;
}

const update = `
  update organisations set country = $2, names_kept_days = $3, records_version = $4 where id = $1`;
export const updateRecordKeeping = (
  db: Queryable,
  id: OrganisationId,
  { country, namesKeptDays, version }: RecordKeepingRow,
): Promise<number> => db.run(update, [id, country, namesKeptDays, version]);
