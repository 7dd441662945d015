import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../work/jobs.ts';
import { issueDocuments } from './issue-documents.ts';

export const documentsTasks = (app: App): TaskHandlers => ({
  'issue-documents': (payload) => issueDocuments(app, payload),
});
