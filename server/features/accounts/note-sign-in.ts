import { browserOf } from '../../../contract/browser.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Db } from '../../data/db.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { noteBrowser, noteLanguage } from './credential-store.ts';

export interface SignIn {
  /** The session's id. */
  id: string;
  userId: UserId;
  userAgent: string;
  /** The browser's. */
  language: Language;
}

/**
 * Records the browser of a sign-in, and mails the user if the browser is new, unless it is the first one or the user
 * does not want this mail.
 */
export async function noteSignIn(db: Db, session: SignIn, publicUrl: string, now: Date): Promise<void> {
  const browser = browserOf(session.userAgent)?.slice(0, 200) ?? null;
  await db.transaction(async (trx) => {
    await noteLanguage(trx, session.userId, session.language);
    const told = await noteBrowser(trx, session.userId, browser ?? 'a program', now);
    if (!told) return;
    // The session's id makes the mail unique, so that a retried job does not send it twice.
    const url = `${publicUrl}/account#${session.id}`;
    const { userId } = session;
    // Not that of the browser, which may be a stranger's.
    const language = told.language ?? session.language;
    const payload = { kind: 'new-sign-in', to: told.email, name: told.name, url, browser, language, userId };
    await enqueueJobs(trx, [{ task: 'send-mail', payload }]);
  });
}
