import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteOldDevices } from './store.ts';

/** Forgets which phones had passes of events that are over. */
export const forgetDevices = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  inPortions(() => deleteOldDevices(app.db, daysBefore(now, keptDays.passDevicesAfterEvent)));
