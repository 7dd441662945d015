/** A mail, ready to send. */
export interface Mail {
  /** The same for every attempt to send one mail. */
  key: string;
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  attachments: { name: string; type: string; content: Buffer }[];
}

/** Sends mail through SMTP or into the local mailbox (server/adapters/mail). Throws if it fails. */
export interface Mailer {
  readonly kind: 'mailbox' | 'smtp';
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}
