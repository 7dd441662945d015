import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { expireTransfers } from './expire-transfers.ts';

export const transfersTasks = (app: App): TaskHandlers => ({
  'expire-transfers': () => expireTransfers(app),
});
