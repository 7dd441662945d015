import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectWantsReminders } from './profile-store.ts';

/**
 * True if this person wants reminders of events. Guests always get them: they have tickets, and no setting to refuse.
 */
export const wantsReminders = (app: Pick<App, 'db'>, userId: UserId): Promise<boolean> =>
  selectWantsReminders(app.db, userId);
