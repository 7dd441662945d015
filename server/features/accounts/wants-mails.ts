import type { UserId } from '../../../contract/ids.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import type { App } from '../../app.ts';
import { selectWants } from './profile-store.ts';

/** True if this person, an account or a guest, wants this kind of mail. Whoever has chosen nothing wants all. */
export const wantsMails = (app: Pick<App, 'db'>, userId: UserId, list: MailList): Promise<boolean> =>
  selectWants(app.db, userId, list);
