import type { UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Queryable } from '../../data/db.ts';
import { selectVerified } from './addresses-store.ts';

export interface VerifiedPerson {
  name: string;
  email: string;
  language: Language;
}

/** Reads name, address and language of the accounts that have a verified address. Guests and suspended accounts are left out. */
export const readVerifiedPeople = async (
  db: Queryable,
  ids: UserId[],
): Promise<Map<UserId, VerifiedPerson>> =>
  new Map(
    (await selectVerified(db, ids)).map(({ id, name, email, language }) => [
      id,
      { name, email, language: language ?? 'en' },
    ]),
  );
