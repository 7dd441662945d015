import { expect, test } from 'vitest';
import { isTimeZone } from '../../../contract/zones.ts';
import { nowMs } from './clock.ts';
import { daysAhead, foreignZone, formatWhen } from './format-when.ts';
import { instantOf, wallTimeOf } from './time-zone.ts';

const instant = '2027-01-15T22:00:00Z';

test('a zone that this runtime does not know is shown in UTC, which the text says', () => {
  expect(formatWhen(instant, 'Mars/Olympus', 'time')).toMatch(/(22|10):00.*UTC$/);
  expect(formatWhen(instant, 'Mars/Olympus', 'day')).not.toContain('UTC');
  expect(formatWhen(instant, 'Europe/Berlin', 'time')).toMatch(/(23|11):00/);
  expect(foreignZone(instant, 'Mars/Olympus')).toBeNull();
});

test('a short date has its year where it would be mistaken without', () => {
  const now = new Date(nowMs());
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
  const years = (text: string) => text.match(/\b20\d\d\b/g);
  const far = inDays(400);
  const year = far.slice(0, 4);
  for (const format of ['day', 'short'] as const) {
    expect(years(formatWhen(far, 'UTC', format))).toEqual([year]);
    expect(years(formatWhen(inDays(-400), 'UTC', format))).toEqual([inDays(-400).slice(0, 4)]);
    expect(years(formatWhen(inDays(3), 'UTC', format))).toBeNull();
    // The end of a range in another year than its start, in the zone of the event.
    expect(years(formatWhen('2027-01-02T12:00:00Z', 'UTC', format, '2026-12-30T12:00:00Z'))).toEqual([
      '2027',
    ]);
    expect(
      years(formatWhen('2026-12-31T23:30:00Z', 'Europe/Berlin', format, '2026-12-30T12:00:00Z')),
    ).toEqual(['2027']);
  }
  expect(years(formatWhen('2027-01-02T12:00:00Z', 'UTC', 'time', '2026-12-30T12:00:00Z'))).toBeNull();
});

test.each([
  ['2027-01-16T08:30:00Z', '2027-01-15T22:10:00Z', 'Europe/Berlin', 1],
  ['2027-01-16T08:30:00Z', '2027-01-15T23:10:00Z', 'Europe/Berlin', 0],
  ['2027-01-15T22:59:00Z', '2027-01-15T22:10:00Z', 'Europe/Berlin', 0],
  ['2027-03-28T07:30:00Z', '2027-03-27T22:10:00Z', 'Europe/Berlin', 1],
  ['2027-01-02T03:00:00Z', '2026-12-31T20:00:00Z', 'America/New_York', 1],
  ['2027-01-03T03:00:00Z', '2026-12-31T20:00:00Z', 'Mars/Olympus', 3],
])('%s is seen at %s in %s as %i days ahead', (at, from, zone, days) => {
  expect(daysAhead(at, from, zone)).toBe(days);
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
