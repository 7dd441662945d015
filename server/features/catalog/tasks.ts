import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { followStanding } from './follow-standing.ts';
import { publishScheduled } from './publish-scheduled.ts';

export const catalogTasks = (app: App): TaskHandlers => ({
  'publish-scheduled': (payload) => publishScheduled(app, payload),
  'follow-standing': (payload) => followStanding(app, payload),
});
