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

test('a calendar file has the event in UTC, its version as the sequence, and the address as it is', () => {
  const event = {
    title: 'Night; one',
    venueName: 'Arena',
    address: '',
    city: 'Köln',
    version: 3,
    startsAt: at,
    endsAt: new Date('2031-07-12T22:30:00.789Z'),
    status: 'cancelled',
  } as EventSale;
  const entry = {
    id: 'ord_1',
    stamp: new Date('2031-01-02T03:04:05Z'),
    description: 'Order, 7KQ2\nhttps://example.com/orders/ord_1',
    url: 'https://example.com/orders/ord_1?a=1;b,c',
    organizer: 'Admit "Tickets", Köln <tickets@example.com>',
    language: 'de',
    method: 'CANCEL',
  } as const;
  expect(calendarOf(event, entry, 'https://example.com:3000').split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Admit//Tickets//DE',
    'METHOD:CANCEL',
    'BEGIN:VEVENT',
    'UID:ord_1@example.com',
    'SEQUENCE:3',
    'DTSTAMP:20310102T030405Z',
    'DTSTART:20310712T180000Z',
    'DTEND:20310712T223000Z',
    'SUMMARY:Night\\; one',
    'LOCATION:Arena\\, Köln',
    'DESCRIPTION:Order\\, 7KQ2\\nhttps://example.com/orders/ord_1',
    'ORGANIZER;CN="Admit Tickets, Köln":mailto:tickets@example.com',
    'URL:https://example.com/orders/ord_1?a=1;b,c',
    'STATUS:CANCELLED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});
