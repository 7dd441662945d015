import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteOldWebhooks } from './log-store.ts';

/** Deletes what was sent long ago, with the log. */
export const forgetWebhooksOut = ({ db }: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteOldWebhooks(db, daysBefore(now, keptDays.webhooksOut)));
