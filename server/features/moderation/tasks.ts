import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { tellReporters } from './mails.ts';

export const moderationTasks = (app: App): TaskHandlers => ({
  'tell-reporters': (payload) => tellReporters(app, payload),
});
