import type { EventId } from '../../../contract/ids.ts';
import type { About } from './deliveries-store.ts';

/** A mail, ready to send. */
export interface Mail {
  /** The same for every attempt to send one mail. It follows from what has caused the mail. */
  key: string;
  about: About;
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  attachments: Attachment[];
  /** The address that switches this kind of mail off with one press (RFC 8058); left out if nobody can. */
  unsubscribeUrl?: string;
}

interface Attachment {
  name: string;
  type: string;
  /** A function makes content that takes time, such as drawn tickets. It is called only if the mail was not sent before. */
  content: Buffer | (() => Promise<Buffer>);
}

/** A mail whose attachments are made. */
export type MadeMail = Omit<Mail, 'attachments'> & { attachments: (Attachment & { content: Buffer })[] };

export const makeMail = async (mail: Mail): Promise<MadeMail> => ({
  ...mail,
  attachments: await Promise.all(
    mail.attachments.map(async ({ content, ...rest }) => ({
      ...rest,
      content: typeof content === 'function' ? await content() : content,
    })),
  ),
});

/**
 * Sends mail through SMTP (server/adapters/mail). Throws Undeliverable if the recipient's server has refused the mail for
 * good, and another error if the mail may be sent later.
 */
interface SmtpMailer {
  readonly kind: 'smtp';
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}

/**
 * Stores mail in the database instead of sending it, and notes it as sent in the same statement. The answer says whether the
 * buyer has browsers that show the message too.
 */
interface Mailbox {
  readonly kind: 'mailbox';
  store(mail: Mail): Promise<{ hasBrowsers: boolean }>;
  close(): Promise<void>;
}

export type Mailer = SmtpMailer | Mailbox;

/** The recipient's side has refused a message for good. */
export class Undeliverable extends Error {}

/** The event whose organiser sees the message; null for one about an account or a team. */
export const eventOf = ({ order, eventId }: About): EventId | null => order?.eventId ?? eventId ?? null;
