import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteEndedKeys } from './store.ts';

/** Deletes keys that ended long ago. The audit log keeps their names. */
export const forgetApiKeys = ({ db }: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteEndedKeys(db, daysBefore(now, keptDays.endedApiKeys)));
