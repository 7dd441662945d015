import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteMessages, deleteSentKeys } from './forget-store.ts';

/** Deletes what lies in the local mailbox, with its attachments, and the keys of mails that went through SMTP. */
export async function forgetMails(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const messages = await inPortions(() => deleteMessages(app.db, daysBefore(now, keptDays.mailboxMessages)));
  return messages + (await inPortions(() => deleteSentKeys(app.db, daysBefore(now, keptDays.sentMailKeys))));
}
