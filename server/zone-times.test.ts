import { expect, test } from 'vitest';
import { minuteOfDay, offsetsIn } from './zone-times.ts';

test.each([
  ['Europe/Berlin', '2027-01-15T23:30:00Z', 60, 30],
  ['Europe/Berlin', '2027-07-15T23:30:00Z', 120, 90],
  ['America/St_Johns', '2027-01-15T03:29:00Z', -210, 1439],
  ['Asia/Kathmandu', '2027-01-15T00:00:00Z', 345, 345],
  ['Mars/Olympus_Mons', '2027-01-15T10:00:00Z', 0, 600],
])('%s at %s is %i minutes ahead of UTC, at minute %i of its day', (zone, at, ahead, minute) => {
  expect(offsetsIn(zone)(new Date(at))).toBe(ahead * 60_000);
  expect(minuteOfDay(new Date(at), zone)).toBe(minute);
});

test('the offset changes at the instant at which the clocks go back', () => {
  const offsetAt = offsetsIn('Europe/Berlin');
  const offsets = ['2027-10-31T00:59:59Z', '2027-10-31T01:00:00Z'].map((at) => offsetAt(new Date(at)));
  expect(offsets).toEqual([7_200_000, 3_600_000]);
});
