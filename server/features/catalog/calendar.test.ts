import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventSale } from '../sale/event-sale.ts';
import { calendarOf } from './calendar.ts';

const at = new Date('2031-07-12T18:00:00Z');
const fileOf = (text: string): string =>
  calendarOf(
    {
      title: text,
      venueName: text,
      address: text,
      city: text,
      version: 1,
      startsAt: at,
      endsAt: at,
      status: 'published',
    } as EventSale,
    {
      id: 'evt_1',
      stamp: at,
      description: `Doors.\nhttps://example.com`,
      url: 'https://example.com',
      organizer: 'Admit <tickets@example.com>',
      language: 'en',
    },
    'https://example.com',
  );

/** As a calendar reads it: long lines put together again, escapes undone. */
const read = (file: string, name: string): string | undefined =>
  file
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .replaceAll(/\\([\\;,n])/g, (_, sign) => (sign === 'n' ? '\n' : sign));

test('a calendar file ends in CRLF, folds its lines at 75 octets and has no control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
      const file = fileOf(text);
      expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
      expect(file.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }),
    { examples: [['ü'.repeat(80)], ['a\0b\x07c\u0085d\x7f'], ['🎉'.repeat(40)], ['\ud800']] },
  );
});

test('what is written comes out again', () => {
  const title = 'Rock; Pop, & “Jazz” \\ Soul — 東京の夜 🎉 '.repeat(4).trim();
  expect(read(fileOf(title), 'SUMMARY')).toBe(title);
});
