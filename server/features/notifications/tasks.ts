import type { App } from '../../app.ts';
import type { TaskHandlers } from '../../jobs.ts';
import type { MailJob } from './mail-job.ts';
import { sendMail } from './send-mail.ts';

export const notificationsTasks = (app: App): TaskHandlers => ({
  'send-mail': (payload) => sendMail(app, payload as unknown as MailJob),
});
