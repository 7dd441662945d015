import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { finishPassChange } from './set-pass-places.ts';
import { settlePass, settlePasses } from './settle-pass.ts';

export const datePassesTasks = (app: App): TaskHandlers => ({
  'settle-pass': ({ passId }) => settlePass(app, passId),
  'settle-passes': () => settlePasses(app),
  'finish-pass-change': (payload) => finishPassChange(app, payload),
});
