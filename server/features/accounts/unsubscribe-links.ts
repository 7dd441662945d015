import { type Id, idPrefixes, type UserId } from '../../../contract/ids.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import { createLinkSecrets } from './link-secrets.ts';

/** What a link switches off: a kind of mail, or the mails of one scheduled export. */
type Mails = MailList | Id<'exportSchedule'>;

/** The secrets of links that switch mails off. */
export interface UnsubscribeLinks {
  /** The path of the link. */
  pathOf(userId: UserId, mails: Mails): string;
  isSecretOf(userId: UserId, mails: Mails, given: string): boolean;
}

export function createUnsubscribeLinks(sessionSecret: string): UnsubscribeLinks {
  const { secretOf, isSecretOf } = createLinkSecrets(sessionSecret, 'admit unsubscribe link 1');
  const subjectOf = (userId: UserId, mails: Mails) => `${userId}\0${mails}`;
  return {
    pathOf: (userId, mails) => {
      const of = mails.startsWith(`${idPrefixes.exportSchedule}_`) ? 'export-recipients' : 'unsubscriptions';
      return `/api/${of}/${userId}/${mails}/${secretOf(subjectOf(userId, mails))}`;
    },
    isSecretOf: (userId, mails, given) => isSecretOf(subjectOf(userId, mails), given),
  };
}
