import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type MimeNode from 'nodemailer/lib/mime-node/index.js';
import { encode, wrap } from 'nodemailer/lib/qp/index.js';
import type { MadeMail } from '../../features/notifications/mailer.ts';

/** A mail as SMTP sends it. */
export interface ComposedMail {
  envelope: { from: string; to: string[] };
  messageId: string;
  /** Lines end in CRLF, and a dot at the start of a line is doubled, as RFC 5321 wants it (section 4.5.2). */
  bytes: Buffer;
}

/** Composes a mail in one go. nodemailer's own streams give the same bytes, and take twice as long to compose and send it. */
export function composeMail(mail: MadeMail, from: string, messageId: string): ComposedMail {
  const message = compile(mail, from, messageId);
  const { from: sender, to } = message.getEnvelope();
  const bytes = Buffer.concat(
    write(message).map((part) => (typeof part === 'string' ? Buffer.from(toLines(part), 'latin1') : part)),
  );
  return { envelope: { from: sender || from, to }, messageId, bytes };
}

const toLines = (text: string): string =>
  text.replaceAll(/\r\n|\r|\n/g, '\r\n').replaceAll('\r\n.', '\r\n..');

/** The parts of a mail with their headers. */
export const compile = (mail: MadeMail, from: string, messageId: string): MimeNode =>
  new MailComposer({
    from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId,
    headers: {
      'auto-submitted': 'auto-generated',
      ...(mail.unsubscribeUrl && {
        'list-unsubscribe': `<${mail.unsubscribeUrl}>`,
        'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      }),
    },
    attachments: mail.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content,
    })),
    // Content comes from memory only: no template may make the server read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();

/** What the types of nodemailer's parts leave out. */
interface Part {
  content?: string | Buffer;
  multipart?: string | false;
  boundary?: string;
  childNodes: Part[];
  buildHeaders(): string;
  getTransferEncoding(): string;
}

/** Writes a part with its headers. Attachments are bytes, and what is between them is text, one character for each byte. */
export function write(node: MimeNode): (string | Buffer)[] {
  const written: (string | Buffer)[] = [];
  let text = '';

  function writePart(part: Part): void {
    text += `${part.buildHeaders()}\r\n\r\n`;
    // The headers decide these.
    const { boundary, childNodes, content, multipart } = part;
    if (content !== undefined) writeContent(content, part.getTransferEncoding());
    if (!multipart) return;
    for (const [i, child] of childNodes.entries()) {
      text += `${i > 0 ? '\r\n' : ''}--${boundary}\r\n`;
      writePart(child);
    }
    text += `\r\n--${boundary}--\r\n`;
  }

  function writeContent(content: string | Buffer, encoding: string): void {
    if (encoding === 'quoted-printable') text += wrap(encode(content));
    else if (encoding !== 'base64') text += Buffer.from(content as string).toString('latin1');
    else {
      written.push(text, foldedBase64(Buffer.from(content as string)));
      text = '';
    }
  }

  writePart(node as unknown as Part);
  return [...written, text];
}

const lineLength = 76;

/** Folds bytes and not a string, because cutting a string of 50 KB into lines left as much garbage again. */
function foldedBase64(bytes: Buffer): Buffer {
  const digits = Buffer.from(bytes.toString('base64'), 'latin1');
  const lines = Math.ceil(digits.length / lineLength);
  const folded = Buffer.allocUnsafe(digits.length + 2 * Math.max(0, lines - 1));
  for (let line = 0; line < lines; line++) {
    const start = line * lineLength;
    const at = start + 2 * line;
    if (line > 0) folded.write('\r\n', at - 2, 'latin1');
    digits.copy(folded, at, start, start + lineLength);
  }
  return folded;
}
