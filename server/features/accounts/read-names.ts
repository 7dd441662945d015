import type { Queryable } from '../../data/db.ts';
import { findNames } from './store.ts';

/** Reads the present names of people by their ids. Guests and deleted accounts have none. */
export const readNames = async (db: Queryable, ids: string[]): Promise<Map<string, string>> =>
  new Map((await findNames(db, ids)).map(({ id, name }) => [id, name]));
