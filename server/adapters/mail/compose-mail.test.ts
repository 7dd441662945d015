import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MadeMail } from '../../features/notifications/mailer.ts';
import { compile, composeMail, write } from './compose-mail.ts';

const from = 'Admit – Tickets <tickets@admit.example>';
const mail: MadeMail = {
  key: 'order-confirmed:ord_1',
  about: { kind: 'order-confirmed', language: 'en', order: null },
  to: { name: 'Zoë "Zo" Łukasiewicz', address: 'zoe@example.com' },
  subject:
    'Your tickets for القاهرة – a title that is longer than a line of a header may be, so it is folded',
  html: `<p style="margin:0">${'Grüße aus Köln, '.repeat(40)}</p>`,
  text: 'Hello Zoë\n.\n..dots\n-- \nfooter\n',
  attachments: [
    {
      name: 'tickets-7KQ2M4XA.pdf',
      type: 'application/pdf',
      content: Buffer.from('%PDF \0\xff'.repeat(999)),
    },
    { name: 'Größe & "Co".ics', type: 'text/calendar', content: Buffer.from('BEGIN:VCALENDAR\r\nX:ü\r\n') },
  ],
};

async function check(changed: Partial<MadeMail>): Promise<void> {
  const message = compile({ ...mail, ...changed }, from, '<1@admit.example>');
  const written = Buffer.concat(write(message).map((part) => Buffer.from(part as string, 'latin1')));
  expect(written.toString('latin1')).toBe((await message.build()).toString('latin1'));
}

test('a mail is composed to the bytes that nodemailer gives', async () => {
  await check({});
  await check({ attachments: [] });
  await check({ text: 'short', html: '<p>short</p>', attachments: [] });
  await check({ text: 'x'.repeat(3000), html: 'ب'.repeat(2000) });
  await check({ attachments: [{ name: 'empty', type: 'text/calendar', content: Buffer.alloc(0) }] });
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
  const lines = fc.array(
    fc.oneof(text, fc.constantFrom('\n', '\r\n', ' \n', '\t', '=', '.', 'é'.repeat(80))),
    {
      minLength: 1,
    },
  );
  const property = fc.asyncProperty(lines, fc.uint8Array({ maxLength: 400 }), async (all, bytes) => {
    const content = Buffer.from(bytes);
    await check({
      text: all.join(''),
      html: `<p>${all.join(' ')}</p>`,
      attachments: [{ name: 'a.bin', type: 'application/octet-stream', content }],
    });
  });
  await fc.assert(property, { numRuns: 100 });
});

test('the envelope has the addresses without names, and domains in ASCII', () => {
  const to = { name: 'Jörg', address: 'joerg@bücher.example' };
  expect(composeMail({ ...mail, to }, from, '<1@admit.example>').envelope).toEqual({
    from: 'tickets@admit.example',
    to: ['joerg@xn--bcher-kva.example'],
  });
});
