import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { countHeldAhead } from './holder-store.ts';

/** Counts the valid tickets that others passed on to a person, for events that are not over. */
export const countReceivedAhead = (app: Pick<App, 'db' | 'clock'>, userId: UserId): Promise<number> =>
  countHeldAhead(app.db, userId, app.clock.now());
