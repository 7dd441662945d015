import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { keptDays } from '../../work/retention.ts';
import { deleteRevocations } from './expired-store.ts';

/** By the clock of the database, as everything about revocations. */
export const forgetRevocations = (app: Pick<App, 'db'>): Promise<number> =>
  inPortions(() => deleteRevocations(app.db, keptDays.revocations));
