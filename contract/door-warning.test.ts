import { expect, test } from 'vitest';
import { doorWarning } from './door-warning.ts';

const times = { opensAt: new Date('2027-03-14T18:00:00Z'), endsAt: new Date('2027-03-14T23:00:00Z') };
const at = (instant: string) => doorWarning(times, new Date(instant))?.code ?? null;

test('a scan within a day of the event has no warning', () => {
  for (const instant of ['2027-03-13T18:00:00Z', '2027-03-14T18:00:00Z', '2027-03-15T23:00:00Z'])
    expect(at(instant)).toBeNull();
});

test('more than a day before the doors, or after the end, it has one with the date', () => {
  expect(at('2027-03-13T17:59:59Z')).toBe('long_before_doors');
  expect(at('2027-03-15T23:00:01Z')).toBe('long_after_end');
  expect(doorWarning(times, new Date('2026-11-28T12:00:00Z'))).toEqual({
    code: 'long_before_doors',
    at: times.opensAt,
  });
});

test('an event of several days has none on any of them', () => {
  const festival = { ...times, endsAt: new Date('2027-03-21T23:00:00Z') };
  expect(doorWarning(festival, new Date('2027-03-18T12:00:00Z'))).toBeNull();
});
