import type { App } from '../../app.ts';
import { inPortions } from '../../data/in-portions.ts';
import { daysBefore, keptDays } from '../../work/retention.ts';
import { deleteMessages, deleteSentKeys } from './forget-store.ts';

/** Deletes old mails of the local mailbox with their attachments, and the keys of mails sent through SMTP. */
export async function forgetMails(app: Pick<App, 'db'>, now: Date): Promise<number> {
  const messages = await inPortions(() => deleteMessages(app.db, daysBefore(now, keptDays.mailboxMessages)));
  return messages + (await inPortions(() => deleteSentKeys(app.db, daysBefore(now, keptDays.sentMailKeys))));
}
