import { expect, test } from 'vitest';
import { instantOf, wallTimeOf } from './time-zone.ts';

test.each([
  ['2027-01-15T23:00', 'Europe/Berlin', '2027-01-15T22:00:00Z'],
  ['2027-07-15T23:00', 'Europe/Berlin', '2027-07-15T21:00:00Z'],
  ['2027-07-15T20:00', 'America/New_York', '2027-07-16T00:00:00Z'],
  ['2027-03-01T09:30', 'Asia/Kolkata', '2027-03-01T04:00:00Z'],
  // The night in which the clocks go back shows 02:30 twice; the night they go forward has none.
  ['2027-10-31T02:30', 'Europe/Berlin', '2027-10-31T00:30:00Z'],
  ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00Z'],
  ['2027-03-28T01:59', 'Europe/Berlin', '2027-03-28T00:59:00Z'],
  ['2027-03-28T03:00', 'Europe/Berlin', '2027-03-28T01:00:00Z'],
])('%s in %s is %s', (wall, zone, instant) => {
  expect(instantOf(wall, zone)).toBe(instant);
});

test('an instant shown in a zone and read back is the same instant', () => {
  for (const zone of ['UTC', 'Europe/London', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe']) {
    for (let month = 0; month < 12; month++) {
      const instant = new Date(Date.UTC(2027, month, 9, 17, 45)).toISOString().replace('.000Z', 'Z');
      expect(instantOf(wallTimeOf(instant, zone), zone)).toBe(instant);
    }
  }
});
