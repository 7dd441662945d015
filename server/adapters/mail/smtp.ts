import SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { type Mailer, makeMail, Undeliverable } from '../../features/notifications/mailer.ts';
import { messageId } from '../../features/notifications/message-id.ts';
import { composeMail } from './compose-mail.ts';
import { deliver } from './deliver.ts';

/** Sends through an SMTP server. Whether a mail was sent before, the caller knows (notifications/deliveries.ts). */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const pool = new SMTPPool({
    url,
    // A mail takes two round trips if the server has PIPELINING (RFC 2920), as most have, and four else. At 50 ms each, ten
    // connections send 100 or 50 mails a second. SMTP_URL can say more: `?maxConnections=30`.
    maxConnections: 10,
    // The job retries by itself, with growing pauses.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  return {
    kind: 'smtp',
    async send(mail) {
      const made = await makeMail(mail);
      try {
        await deliver(pool, composeMail(made, from, messageId(mail.key, from)));
      } catch (error) {
        throw isFinal(error as SmtpError) ? new Undeliverable((error as Error).message) : error;
      }
    },
    close: async () => pool.close(),
  };
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  command?: string;
}

/**
 * Whether the server refuses this recipient or this mail for good (5xx). A refusal of our login or of our own address is
 * about the configuration, so the mail waits until somebody has corrected it.
 */
const isFinal = ({ responseCode = 0, command }: SmtpError): boolean =>
  responseCode >= 500 && responseCode < 600 && (command === 'RCPT TO' || command === 'DATA');
