import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { cancelOrders } from './cancel-orders.ts';

export const eventChangesTasks = (app: App): TaskHandlers => ({
  'cancel-orders': (payload) => cancelOrders(app, payload),
});
