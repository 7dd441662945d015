import type { TeamRole } from '../../../contract/accounts.ts';
import type { Language } from '../../../contract/languages.ts';
import type { OrderMail } from '../orders/order-mails.ts';

/**
 * The payloads of `send-mail` and, in lists, of `send-order-mails`. A mail about an order is read from the order
 * when it is sent, its language too.
 */
export type MailJob =
  | LinkMailJob
  /** `browser` is null where it is a program that does not say what it is. */
  | ({ kind: 'new-sign-in'; browser: string | null } & ToAccount)
  /** To the operators, in English; the amount is in minor units. */
  | ({ kind: 'money-review'; reason: string; reference: string; amount: string } & ToAccount)
  | OrderMail;

/** In the language of the request that caused it; a job from before there was one is English. */
interface ToAccount {
  to: string;
  name: string;
  url: string;
  language?: Language;
}

/** Mails whose link lets in whoever has it. They wait sealed (open-mail.ts). */
export type LinkMailJob = ({ kind: 'verify-email' | 'reset-password' } & ToAccount) | TeamInvitationJob;

export type OrderMailJob = OrderMail & {
  /** Of a mail that waits for its recipient's budget: when nobody waits any longer. */
  giveUpAtMs?: number;
};
export type AccountMailJob = Exclude<Extract<MailJob, { url: string }>, TeamInvitationJob>;

/** The secret is in the address's fragment. The name of the person is not known: `name` is empty. */
export interface TeamInvitationJob extends ToAccount {
  kind: 'team-invitation';
  organisation: string;
  inviter: string;
  role: TeamRole;
  days: number;
}
