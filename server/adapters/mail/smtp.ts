import { createHash } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../data/db.ts';
import type { Mail, Mailer } from '../../features/notifications/mailer.ts';
import { gather } from '../../gather.ts';
import { composeMail } from './compose-mail.ts';

const wereSent = `
  select sent.key from unnest((select $1::text[])) as asked (key)
  cross join lateral (select key from sent_messages where sent_messages.key = asked.key offset 0) as sent`;
const noteAllSent = `
  insert into sent_messages (key, sent_at)
  select key, $2 from unnest((select $1::text[])) as key order by key
  on conflict (key) do nothing`;

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
  // Mails that are sent at once share these statements.
  const wasSent = gather(async (keys: string[]): Promise<boolean[]> => {
    const sent = new Set((await db.query<{ key: string }>(wereSent, [keys])).map(({ key }) => key));
    return keys.map((key) => sent.has(key));
  }, 200);
  const noteSent = gather(async (keys: string[]): Promise<undefined[]> => {
    await db.run(noteAllSent, [keys, clock.now()]);
    return keys.map(() => undefined);
  }, 200);
  return {
    kind: 'smtp',
    async send(mail) {
      if (await wasSent(mail.key)) return;
      await transport.sendMail(composeMail(mail, from, messageId(mail, from)));
      await noteSent(mail.key);
    },
    close: async () => transport.close(),
  };
}

/** The same Message-ID for every attempt to send a mail. */
function messageId({ key }: Mail, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}
