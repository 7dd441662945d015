import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { makeExport } from './make-export.ts';
import { orderDueExports } from './order-due-exports.ts';

export const exportsTasks = (app: App): TaskHandlers => ({
  'order-exports': () => orderDueExports(app),
  'make-export': (payload) => makeExport(app, payload),
});
