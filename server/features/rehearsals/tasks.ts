import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { playRehearsal } from './rehearse-sale.ts';

export const rehearsalsTasks = (app: App): TaskHandlers => ({
  'rehearse-sale': (payload) => playRehearsal(app, payload),
});
