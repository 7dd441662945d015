import type { Language } from '../../../contract/languages.ts';
import type { Writes } from '../../data/db.ts';
import { type Seal, sealLink } from '../../seal.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { LinkKind } from './link-store.ts';

/** Enqueues a mail with a link to an account's address. */
export function writeAccountMail(
  trx: Writes,
  seal: Seal,
  kind: LinkKind,
  user: { name: string; email: string },
  url: string,
  language: Language,
): void {
  const payload = sealLink(seal, { kind, to: user.email, name: user.name, url, language });
  writeJobs(trx, [{ task: 'send-mail', payload }]);
}
