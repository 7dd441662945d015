import nodemailer from 'nodemailer';
import { type Mailer, Undeliverable } from '../../features/notifications/mailer.ts';
import { messageId } from '../../features/notifications/message-id.ts';
import { composeMail } from './compose-mail.ts';

/** Sends through an SMTP server. Whether a mail was sent before, the caller knows (notifications/deliveries.ts). */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    // Each mail takes five round trips. At 50 ms each, ten connections send forty mails a second.
    maxConnections: 10,
    // The job retries by itself, with growing pauses.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Mails are composed before (compose-mail.ts).
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    async send(mail) {
      try {
        await transport.sendMail(composeMail(mail, from, messageId(mail.key, from)));
      } catch (error) {
        throw isFinal(error as SmtpError) ? new Undeliverable((error as Error).message) : error;
      }
    },
    close: async () => transport.close(),
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
