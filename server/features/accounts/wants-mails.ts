import type { UserId } from '../../../contract/ids.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import type { Queryable } from '../../data/db.ts';
import { selectWants } from './profile-store.ts';

/** True if this person, an account or a guest, wants this kind of mail. Whoever has chosen nothing wants all. */
export const wantsMails = ({ db }: { db: Queryable }, userId: UserId, list: MailList): Promise<boolean> =>
  selectWants(db, userId, list);
