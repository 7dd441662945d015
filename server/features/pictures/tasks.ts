import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { makeAvif } from './make-avif.ts';

export const picturesTasks = (app: App): TaskHandlers => ({
  'make-avif': (payload) => makeAvif(app, payload),
});
