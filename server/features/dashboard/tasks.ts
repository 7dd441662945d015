import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { recountEvent } from './count-orders.ts';

export const dashboardTasks = (app: App): TaskHandlers => ({
  'count-figures': ({ eventId }) => recountEvent(app, eventId),
});
