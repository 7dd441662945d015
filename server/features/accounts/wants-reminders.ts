import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectWantsReminders } from './profile-store.ts';

/** Whether this person wants to be reminded of events. A guest does: they cannot say otherwise, and they have tickets. */
export const wantsReminders = (app: Pick<App, 'db'>, userId: UserId): Promise<boolean> =>
  selectWantsReminders(app.db, userId);
