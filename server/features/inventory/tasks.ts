import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { endResales } from './end-resales.ts';
import { forgetClocks } from './forget-clocks.ts';
import { freeOwedPlaces } from './free-owed.ts';

export const inventoryTasks = (app: App): TaskHandlers => ({
  'forget-clocks': () => forgetClocks(app),
  'end-resales': () => endResales(app),
  'free-owed-places': (payload) => freeOwedPlaces(app, payload),
});
