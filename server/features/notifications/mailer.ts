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
  attachments: { name: string; type: string; content: Buffer }[];
}

/**
 * Sends mail through SMTP or into the local mailbox (server/adapters/mail). Throws Undeliverable if the recipient's server
 * has refused the mail for good, and another error if the mail may be sent later.
 */
export interface Mailer {
  readonly kind: 'mailbox' | 'smtp';
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}

/** The recipient's side has refused a message for good. */
export class Undeliverable extends Error {}
