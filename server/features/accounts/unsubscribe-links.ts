import type { UserId } from '../../../contract/ids.ts';
import type { MailList } from '../../../contract/unsubscriptions.ts';
import { createLinkSecrets } from './link-secrets.ts';

/** The secrets of links that switch a kind of mail off. */
export interface UnsubscribeLinks {
  /** The path of the link. */
  pathOf(userId: UserId, list: MailList): string;
  isSecretOf(userId: UserId, list: MailList, given: string): boolean;
}

export function createUnsubscribeLinks(sessionSecret: string): UnsubscribeLinks {
  const { secretOf, isSecretOf } = createLinkSecrets(sessionSecret, 'admit unsubscribe link 1');
  const subjectOf = (userId: UserId, list: MailList) => `${userId}\0${list}`;
  return {
    pathOf: (userId, list) => `/api/unsubscriptions/${userId}/${list}/${secretOf(subjectOf(userId, list))}`,
    isSecretOf: (userId, list, given) => isSecretOf(subjectOf(userId, list), given),
  };
}
