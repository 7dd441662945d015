import type { Queryable } from '../../data/db.ts';
import { selectAddresses } from './addresses-store.ts';

/** Reads the name and e-mail address of accounts. A guest has neither and is left out. */
export const readAddresses = async (
  db: Queryable,
  ids: string[],
): Promise<Map<string, { name: string; email: string }>> =>
  new Map((await selectAddresses(db, ids)).map(({ id, name, email }) => [id, { name, email }]));
