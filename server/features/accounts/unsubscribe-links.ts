import { createHmac } from 'node:crypto';
import type { UserId } from '../../../contract/ids.ts';
import type { mailLists } from '../../../contract/unsubscriptions.ts';
import { equalInConstantTime } from './caller-cookie.ts';

type MailList = (typeof mailLists)[number];

/** The secrets of links that switch a kind of mail off. They follow from the server's secret, so they are stored nowhere. */
export interface UnsubscribeLinks {
  /** The path of the link. */
  pathOf(userId: UserId, list: MailList): string;
  isSecretOf(userId: UserId, list: MailList, given: string): boolean;
}

export function createUnsubscribeLinks(sessionSecret: string): UnsubscribeLinks {
  // A key of its own, so that nothing else that is signed with the secret can ever pass for this.
  const key = createHmac('sha256', sessionSecret).update('admit unsubscribe link 1').digest();
  const secretOf = (userId: UserId, list: MailList) =>
    createHmac('sha256', key).update(`${userId}\0${list}`).digest().subarray(0, 24).toString('base64url');
  return {
    pathOf: (userId, list) => `/api/unsubscriptions/${userId}/${list}/${secretOf(userId, list)}`,
    isSecretOf: (userId, list, given) => equalInConstantTime(given, secretOf(userId, list)),
  };
}
