import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { payByTransfer } from './pay-by-transfer.ts';

export const bankTransfersTasks = (app: App): TaskHandlers => ({
  'pay-by-transfer': (payload) => payByTransfer(app, payload),
});
