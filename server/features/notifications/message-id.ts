import { createHash } from 'node:crypto';

/**
 * The Message-ID of a mail, the same for every attempt to send it. If the process dies after the server accepts a mail and
 * before Admit notes it, the mail goes out twice, and mail readers and servers recognise the copies as one.
 */
export function messageId(key: string, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${localPartOf(key)}@${domain}>`;
}

/** The part of the Message-ID that names the mail. */
export const localPartOf = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 40);
