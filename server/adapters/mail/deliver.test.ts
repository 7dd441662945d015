import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, test } from 'vitest';
import type { MadeMail } from '../../features/notifications/mailer.ts';
import { composeMail } from './compose-mail.ts';
import { deliver } from './deliver.ts';

/** Runs `work` with a pool that sends to a mail server, and returns what the server received. */
async function received(
  options: SMTPServerOptions,
  work: (pool: SMTPPool) => Promise<unknown>,
): Promise<Email[]> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        mails.push(await PostalMime.parse(Buffer.concat(chunks)));
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
  });
  const pool = new SMTPPool({ url: `smtp://127.0.0.1:${port}`, maxConnections: 3, maxRequeues: 0 });
  try {
    await work(pool);
    return mails;
  } finally {
    pool.close();
    await new Promise<void>((resolve) => server.close(resolve));
  }
}

const mailOf = (n: number, lines: string[], bytes: Uint8Array): MadeMail => ({
  key: `mail-${n}`,
  about: { kind: 'order-confirmed', language: 'en', order: null },
  to: { name: 'Zoë', address: `buyer-${n}@example.com` },
  subject: `Mail ${n}`,
  html: `<p>${lines.join('\n')}</p>`,
  text: lines.join('\n'),
  attachments: n % 3 === 0 ? [] : [{ name: 'a.bin', type: 'application/pdf', content: Buffer.from(bytes) }],
});

const line = fc.oneof(
  fc.constantFrom('.', '..', '.x', '', 'QUIT', '. .', '=', '-- '),
  fc.string({ unit: 'grapheme-composite', maxLength: 100 }).map((text) => `.${text.replaceAll(/\s/g, ' ')}x`),
);
const mails = fc.array(fc.tuple(fc.array(line, { maxLength: 8 }), fc.uint8Array({ maxLength: 3000 })), {
  minLength: 1,
  maxLength: 12,
});

test.each([
  ['with', { hidePIPELINING: false }],
  ['without', { hidePIPELINING: true }],
])('mails that are sent at once arrive as they were written, %s pipelining', async (_name, options) => {
  const [sample] = fc.sample(fc.array(mails, { minLength: 12, maxLength: 12 }), { numRuns: 1, seed: 7 });
  const sent = (sample ?? []).flat().map(([lines, bytes], n) => mailOf(n, ['Hello', ...lines, 'end'], bytes));
  const arrived = await received(options, (pool) =>
    Promise.all(
      sent.map((mail) => deliver(pool, composeMail(mail, 'tickets@admit.example', `<${mail.key}@x>`))),
    ),
  );
  const found = new Map(arrived.map((mail) => [mail.subject, mail]));
  expect(found.size).toBe(sent.length);
  for (const { subject, text, attachments } of sent) {
    const mail = found.get(subject);
    expect(mail?.text?.trimEnd()).toBe(text);
    expect(mail?.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer))).toEqual(
      attachments.map(({ content }) => content),
    );
  }
});

test('a mail that the server refuses fails alone, and the next one arrives', async () => {
  const send = (pool: SMTPPool, n: number) =>
    deliver(pool, composeMail(mailOf(n, [], Buffer.alloc(0)), 'tickets@admit.example', `<${n}@x>`));
  const options: SMTPServerOptions = {
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.startsWith('buyer-1@')
          ? Object.assign(new Error('no such mailbox'), { responseCode: 550 })
          : null,
      ),
  };
  const arrived = await received(options, async (pool) => {
    await expect(send(pool, 1)).rejects.toThrow('no such mailbox');
    await send(pool, 2);
  });
  expect(arrived.map(({ subject }) => subject)).toEqual(['Mail 2']);
});
