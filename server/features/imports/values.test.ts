import { expect, test } from 'vitest';
import { promoCodeSchema } from '../../../contract/promo-codes.ts';
import { tagSchema } from '../../../contract/tags.ts';
import { sourceOf } from './columns.ts';
import { ordersOfPretix } from './pretix-json.ts';
import { decode, readFile } from './read-file.ts';
import { dayFirstIn, instantOf, minorOf, wholeOf, yesOf } from './values.ts';

test.each([
  ['12', 1200],
  ['12.5', 1250],
  ['12,50', 1250],
  ['1.234,50', 123450],
  ['1,234.50', 123450],
  ['1 234,50', 123450],
  ['1\u202f234,50 €', 123450],
  ["CHF 1'234.50", 123450],
  ['1.234', 123400],
  ['1,234,567', 123456700],
  ['12.500', 1250000],
  ['١٢٫٥٠', 1250],
  ['١٬٢٣٤', 123400],
  ['۱۲', 1200],
  ['$0.00', 0],
  ['12.50EUR', 1250],
])('the amount %s', (text, minor) => {
  expect(minorOf(text, 2)).toBe(minor);
});

test.each([
  '',
  'free',
  '-5',
  '1.2.3',
  '12,345.6,7',
  '1.234,567',
  '0.500',
  '12..5',
  '1e3',
  '99999999999999999999',
])('no amount: %s', (text) => {
  expect(minorOf(text, 2)).toBe(null);
});

test('decimals that a currency does not have, and thousands that nobody can tell from decimals', () => {
  expect(minorOf('500', 0)).toBe(500);
  expect(minorOf('500.00', 0)).toBe(500);
  expect(minorOf('500.50', 0)).toBe(null);
  expect(minorOf('1.234', 3)).toBe(null);
  expect(minorOf('1.2345', 3)).toBe(null);
  expect(minorOf('1.5', 3)).toBe(1500);
  expect(wholeOf('1.000')).toBe(1000);
  expect(wholeOf('2.5')).toBe(null);
});

const berlin = { timeZone: 'Europe/Berlin', dayFirst: null };
test.each([
  ['2027-01-15 22:00', '', '2027-01-15T21:00:00.000Z'],
  ['2027-07-15T22:00:00', '', '2027-07-15T20:00:00.000Z'],
  ['2027-01-15T22:00:00+00:00', '', '2027-01-15T22:00:00.000Z'],
  ['2027-01-15T22:00:00Z', '', '2027-01-15T22:00:00.000Z'],
  ['2027-01-15T22:00:00.123456-05:00', '', '2027-01-16T03:00:00.000Z'],
  ['15.01.2027', '22:00', '2027-01-15T21:00:00.000Z'],
  ['15.1.2027, 22:00 Uhr', '', '2027-01-15T21:00:00.000Z'],
  ['1/15/2027 10:00 PM', '', '2027-01-15T21:00:00.000Z'],
  ['15/1/2027 22h00', '', '2027-01-15T21:00:00.000Z'],
  ['Jan 15, 2027 10:00 PM', '', '2027-01-15T21:00:00.000Z'],
  ['Friday, January 15, 2027', '12:30 am', '2027-01-14T23:30:00.000Z'],
  ['15 Jan 2027 22:00', '', '2027-01-15T21:00:00.000Z'],
  ['٢٠٢٧-٠١-١٥ ٢٢:٠٠', '', '2027-01-15T21:00:00.000Z'],
  ['2027-01-15', '', '2027-01-14T23:00:00.000Z'],
])('the time %s %s', (date, time, instant) => {
  expect(instantOf(date, time, berlin)).toEqual(new Date(instant));
});

test.each([
  '',
  'soon',
  '2027-02-30',
  '2027-13-01',
  '31/31/2027',
  '2027-01-15 25:00',
  '2027-01-15 13:00 PM',
  '2027-01-15 7',
])('no time: %s', (date) => {
  expect(instantOf(date, '', berlin)).toBe('bad_date');
});

test('a day that could be a month is told by other dates, or by nobody', () => {
  expect(instantOf('03/04/2027', '', berlin)).toBe('ambiguous_date');
  expect(instantOf('03/03/2027', '', berlin)).toBeInstanceOf(Date);
  expect(dayFirstIn(['03/04/2027', '25/04/2027'])).toBe(true);
  expect(dayFirstIn(['03/04/2027', '04/25/2027'])).toBe(false);
  expect(dayFirstIn(['03/04/2027', '2027-04-25'])).toBe(null);
  const told = (dayFirst: boolean) => instantOf('03/04/2027', '', { timeZone: 'UTC', dayFirst });
  expect(told(true)).toEqual(new Date('2027-04-03T00:00:00Z'));
  expect(told(false)).toEqual(new Date('2027-03-04T00:00:00Z'));
  const end = instantOf('2027-04-03', '', { timeZone: 'UTC', dayFirst: null, isEnd: true });
  expect(end).toEqual(new Date('2027-04-03T23:59:00Z'));
});

test('yes and no in several languages', () => {
  expect(['Yes', 'ja', 'Oui', 'sí', 'نعم', '1', 'x'].map(yesOf)).toEqual(Array(7).fill(true));
  expect(['No', 'nein', '', '0', 'لا'].map(yesOf)).toEqual(Array(5).fill(false));
  expect(yesOf('perhaps')).toBe(null);
});

test('a text in each encoding', () => {
  const text = 'Name;Straße\nZoë;Żółć\n';
  const utf16 = Buffer.from(text, 'utf16le');
  expect(decode(Buffer.from(text))).toBe(text);
  expect(decode(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]))).toBe(text);
  expect(decode(utf16)).toBe(text);
  expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]))).toBe(text);
  expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]))).toBe(text);
  expect(decode(Buffer.from(utf16).swap16())).toBe(text);
  expect(decode(Buffer.from('Zo\xeb;12 \x80', 'latin1'))).toBe('Zoë;12 €');
});

test('a heading with very many accents holds nobody up', () => {
  const hostile = `a${'\u0301'.repeat(60_000)}${'\u0323'.repeat(60_000)}`;
  const began = process.cpuUsage();
  sourceOf([hostile, hostile, hostile]);
  // Each took ten seconds before it was cut.
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
});

test('orders of pretix with very many variations are read at once', () => {
  const many = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `V ${id}` }));
  const positions = many.map(({ id }) => ({ item: 1, variation: id }));
  const began = process.cpuUsage();
  const { rows } = ordersOfPretix({
    event: { items: [{ id: 1, name: 'A', variations: many }], orders: [{ code: 'A', positions }] },
  });
  expect(rows.length).toBeGreaterThan(5000);
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
});

test('a CSV with zeros is no text, and JSON loses what PostgreSQL cannot store', () => {
  const zeros = Buffer.from(`Name,Code\n${'Ada Osei,1\n'.repeat(60)}\0`).toString('base64');
  expect(() => readFile(zeros, 'codes')).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  const { rows } = ordersOfPretix({
    orders: [{ code: 'A\0B', email: 'a\ud800@example.com', positions: [{}] }],
  });
  expect(rows[0]?.cells.slice(0, 3)).toEqual(['AB', '', 'a\ufffd@example.com']);
});

test('a code with very many accents is refused at once', () => {
  const hostile = `a${'\u0301'.repeat(60_000)}${'\u0323'.repeat(60_000)}`;
  const began = process.cpuUsage();
  expect([promoCodeSchema.safeParse(hostile).success, tagSchema.safeParse(hostile).success]).toEqual([
    false,
    false,
  ]);
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
});
