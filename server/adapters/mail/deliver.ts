import type { Writable } from 'node:stream';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import type { ComposedMail } from './compose-mail.ts';

/**
 * Sends a composed mail over one of the pool's connections. nodemailer's `sendMail` would compile the mail a second time and
 * look for dots at the starts of lines byte by byte in JavaScript: as long as composing it.
 */
export const deliver = (pool: SMTPPool, { envelope, messageId, bytes }: ComposedMail): Promise<void> =>
  new Promise((resolve, reject) => {
    // The methods of a mail that the pool calls.
    const message = {
      getEnvelope: () => envelope,
      messageId: () => messageId,
      getHeader: () => messageId,
      createReadStream: () => streamOf(bytes),
    };
    const mail = { data: {}, message } as unknown as Parameters<SMTPPool['send']>[0];
    pool.send(mail, (error) => (error ? reject(error) : resolve()));
  });

/** What a connection needs of a stream. */
interface MailStream {
  /** False as long as the mail may still leave over another connection. */
  readableDidRead: boolean;
  pipe(into: Writable): void;
}

function streamOf(bytes: Buffer): MailStream {
  const stream: MailStream = {
    readableDidRead: false,
    pipe(into) {
      stream.readableDidRead = true;
      // `into` doubles dots at the starts of lines in what is written to it, and ends the mail. Its output takes the bytes as
      // they are, because they have doubled dots already. The last line break passes through it, so that it knows of it.
      (into as Writable & { push(bytes: Buffer): boolean }).push(bytes.subarray(0, -2));
      into.end(bytes.subarray(-2));
    },
  };
  return stream;
}
