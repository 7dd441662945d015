import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { keptDays } from '../../work/retention.ts';
import { deleteRevocations } from './expired-store.ts';

/** Uses the database's clock, as everything about revocations does. */
export const forgetRevocations = (app: Pick<App, 'db'>): Promise<number> =>
  inPortions(() => deleteRevocations(app.db, keptDays.revocations));
