import type { Language } from '../../../contract/languages.ts';
import type { Queryable } from '../../data/db.ts';
import { selectLanguage } from './profile-store.ts';

/** The language of the account with this confirmed address; null if there is none, or if it has signed in nowhere yet. */
export const languageOfAddress = (db: Queryable, email: string): Promise<Language | null> =>
  selectLanguage(db, email.toLowerCase());
