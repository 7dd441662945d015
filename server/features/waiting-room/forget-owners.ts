import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { eraseOldOwners } from './people-store.ts';

/** Erases who stood in queues that ended long ago. The entries stay, so that a draw can be checked. */
export const forgetOwners = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => eraseOldOwners(app.db, daysBefore(now, keptDays.queueOwnersAfterSale)));
