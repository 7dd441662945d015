import type { BroadcastText } from '../../../contract/broadcasts.ts';
import type { GapCode } from '../../../contract/event-preparation.ts';
import type { ExportFormat, ExportTable } from '../../../contract/exports.ts';
import type { EventId, Id, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Money } from '../../../contract/money.ts';
import type { TeamRole } from '../../../contract/team-roles.ts';
import type { OrderMail } from '../orders/order-mails.ts';
import type { ResaleMail } from '../transfers/resale-mails.ts';
import type { TransferMail } from '../transfers/transfer-mails.ts';
import type { TurnMailJob } from './turn-letter.ts';
import type { LineMailJob } from './waitlist-letter.ts';

/**
 * The payloads of `send-mail` and, as lists, of `send-order-mails`. A mail about an order, with its language, is read
 * from the order when it is sent.
 */
export type MailJob =
  | LinkMailJob
  /** `browser` is null for a program that does not say what it is. */
  | ({ kind: 'new-sign-in'; browser: string | null; userId?: UserId } & ToAccount)
  /** To the operators, in English. The amount is in minor units. */
  | ({ kind: 'money-review'; reason: string; reference: string; amount: string; advice?: string } & ToAccount)
  /** To the operators, in English: a dispute, an inquiry or a fraud warning. The amount is in minor units. */
  | ({
      kind: 'dispute';
      dispute: 'inquiry' | 'chargeback' | 'fraud_warning';
      reason: string;
      reference: string;
      event: string;
      order: string;
      amount: string;
      evidenceDueAt: string | null;
    } & ToAccount)
  | DisputeNoticeJob
  | ExportReadyJob
  | ReviewNoticeJob
  | PublicationFailedJob
  | WebhookOffJob
  /** To the operators, in English: what a recount of the books found. */
  | ({ kind: 'audit'; findings: string[]; count: number } & ToAccount)
  | BroadcastTestJob
  | OrderMail
  | TransferMail
  | ResaleMail
  | LineMailJob
  | TurnMailJob;

/** To a member of the team, in the language of their account. */
export interface DisputeNoticeJob extends ToAccount {
  kind: 'dispute-notice';
  news: 'opened' | 'won' | 'lost';
  dispute: 'inquiry' | 'chargeback' | 'fraud_warning';
  /** The dispute at the provider. */
  reference: string;
  event: string;
  timeZone: string;
  order: string;
  amount: Money;
  evidenceDueAt: string | null;
}

/** To a member of the team, in the language of their account: orders wait for a look at them. */
export interface ReviewNoticeJob extends ToAccount {
  kind: 'review-notice';
  event: string;
  timeZone: string;
  /** How many orders wait, and when the first of them is confirmed by itself. */
  count: number;
  until: string;
  /** The event, and when its last review was opened. */
  cause: string;
}

/** To a member of the team, in the language of their account: a draft could not be published at its time. */
export interface PublicationFailedJob extends ToAccount {
  kind: 'publication-failed';
  event: string;
  timeZone: string;
  at: string;
  /** What the event lacks. */
  gaps: GapCode[];
  /** The event and the time. */
  cause: string;
}

/** To a member of the team, in the language of their account: Admit has switched a webhook endpoint off. */
export interface WebhookOffJob extends ToAccount {
  kind: 'webhook-off';
  endpoint: string;
  /** It answered 410. Otherwise nothing has arrived for three days. */
  isGone: boolean;
  /** The endpoint and the time. */
  cause: string;
}

/** To a member of the team, in the language of their account: a file was made on schedule. */
export interface ExportReadyJob extends ToAccount {
  kind: 'export-ready';
  userId: UserId;
  fileId: Id<'exportFile'>;
  /** Missing in older jobs. */
  scheduleId?: Id<'exportSchedule'>;
  table: ExportTable;
  format: ExportFormat;
  event: string;
  timeZone: string;
  dueAt: string;
  endsAt: string;
}

/** In the language of the request that caused it. An older job without a language is in English. */
interface ToAccount {
  to: string;
  name: string;
  url: string;
  language?: Language;
}

/** To whoever reported an event, or to the team that a decision is about. The link has a secret. */
export interface StatementJob extends ToAccount {
  kind: 'report-news' | 'moderation-news';
  news:
    | 'received'
    | 'dismissed'
    | 'acted'
    | 'reopened'
    | 'removedFull'
    | 'removedNone'
    | 'suspended'
    | 'restored'
    | 'lifted'
    | 'upheld';
  /** The name of the event or the organisation. */
  title: string;
  /** The statement of reasons; null for a receipt. */
  reasons: { ground: 'law' | 'terms'; statement: string } | null;
  /** Null if there is nothing to appeal against. */
  appealUntil: string | null;
  /** The report, decision or appeal, and the news. */
  cause: string;
}

/** Mails whose link lets anybody in who has it. Their jobs are sealed (open-mail.ts). */
export type LinkMailJob =
  | ({ kind: 'verify-email' | 'reset-password' } & ToAccount)
  | StatementJob
  | TeamInvitationJob;

export type OrderMailJob = OrderMail & {
  /** For a mail that waits for its recipient's budget: when to give up. */
  giveUpAtMs?: number;
};
export type AccountMailJob = Exclude<Extract<MailJob, { url: string }>, TeamInvitationJob | BroadcastTestJob>;

/** A message to attendees, to the organiser who is writing it. */
export interface BroadcastTestJob extends ToAccount {
  kind: 'broadcast-test';
  eventId: EventId;
  about: 'event' | 'news';
  text: BroadcastText;
  requestId: string;
}

/** The secret is in the URL's fragment. The person's name is unknown, so `name` is empty. */
export interface TeamInvitationJob extends ToAccount {
  kind: 'team-invitation';
  organisation: string;
  inviter: string;
  role: TeamRole;
  /** The titles of the events that the role counts for; null for all. */
  events: string[] | null;
  days: number;
}
