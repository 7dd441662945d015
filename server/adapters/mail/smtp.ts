import { createHash } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import type { Mail, Mailer } from '../../features/notifications/mailer.ts';

const wasSent = `select from sent_messages where key = $1`;
const noteSent = `insert into sent_messages (key, sent_at) values ($1, $2) on conflict (key) do nothing`;

/**
 * Sends through an SMTP server. A mail that we know was accepted is not sent again. If the process dies after the
 * server accepts a mail and before we record it, the mail goes out twice with the same Message-ID, by which mail
 * readers and servers recognise it as one.
 */
export function createSmtpMailer(options: { url: string; from: string; db: Db; clock: Clock }): Mailer {
  const { url, from, db, clock } = options;
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 2,
    // The job retries by itself, with growing pauses.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Content comes from memory only: no template may make the server read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: 'smtp',
    async send(mail) {
      if ((await db.query(wasSent, [mail.key])).length > 0) return;
      await transport.sendMail({
        from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: messageId(mail, from),
        headers: { 'auto-submitted': 'auto-generated' },
        attachments: mail.attachments.map(({ name, type, content }) => ({
          filename: name,
          contentType: type,
          content,
        })),
      });
      await db.run(noteSent, [mail.key, clock.now()]);
    },
    close: async () => transport.close(),
  };
}

/** The same Message-ID for every attempt to send a mail. */
function messageId({ key }: Mail, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}
