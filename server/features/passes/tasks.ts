import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { refreshEventPasses, refreshPasses } from './refresh-passes.ts';

export const passesTasks = (app: App): TaskHandlers => ({
  'refresh-passes': (payload) => refreshPasses(app, payload),
  'refresh-event-passes': (payload) => refreshEventPasses(app, payload),
});
