import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { returnPlaces } from './return-places.ts';

export const ordersTasks = (app: App): TaskHandlers => ({
  'return-places': (request) => returnPlaces(app, request),
});
