import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { forgetExpired } from './forget-expired.ts';

export const accountsTasks = (app: App): TaskHandlers => ({
  'forget-expired': () => forgetExpired(app),
});
