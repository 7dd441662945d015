import type { App } from '../../app.ts';
import { inPortions } from '../../in-portions.ts';
import { keptDays } from '../../retention.ts';
import { deleteRevocations } from './expired-store.ts';

/** By the clock of the database, as everything about revocations. */
export const forgetRevocations = (app: Pick<App, 'db'>): Promise<number> =>
  inPortions(() => deleteRevocations(app.db, keptDays.revocations));
