import { expect, test } from 'vitest';
import { isTimeZone } from '../../../contract/zones.ts';
import { instantOf, wallTimeOf } from './time-zone.ts';
import { foreignZone, formatWhen } from './When.tsx';

const instant = '2027-01-15T22:00:00Z';

test('a zone that this runtime does not know is shown in UTC, which the text says', () => {
  expect(formatWhen(instant, 'Mars/Olympus', 'time')).toMatch(/(22|10):00.*UTC$/);
  expect(formatWhen(instant, 'Mars/Olympus', 'day')).not.toContain('UTC');
  expect(formatWhen(instant, 'Europe/Berlin', 'time')).toMatch(/(23|11):00/);
  expect(foreignZone(instant, 'Mars/Olympus')).toBeNull();
});

test('a form gives back the instant that it was given, also in a zone that nobody knows', () => {
  expect(instantOf(wallTimeOf(instant, 'Mars/Olympus'), 'Mars/Olympus')).toBe(instant);
});

test.each([
  ['Europe/Berlin', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Etc/GMT+5', true],
  ['UTC', true],
  ['+02:00', false],
  ['-0530', false],
  ['Mars/Olympus', false],
  ['', false],
  ['Europe/Berlin ', false],
  ['../../etc', false],
])('%s is a time zone: %s', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
