import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, occurrenceOf, oddityOf, wallTimeOf } from './time-zone.ts';

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

test.each([
  ['2027-11-07T01:30', 'America/New_York', 'twice', ['2027-11-07T05:30:00Z', '2027-11-07T06:30:00Z']],
  ['2027-10-31T02:30', 'Europe/Berlin', 'twice', ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z']],
  ['2027-04-04T01:45', 'Australia/Lord_Howe', 'twice', ['2027-04-03T14:45:00Z', '2027-04-03T15:15:00Z']],
  ['2027-03-14T02:30', 'America/New_York', 'skipped', ['2027-03-14T07:30:00Z', '2027-03-14T07:30:00Z']],
  ['2027-06-14T02:30', 'America/New_York', null, ['2027-06-14T06:30:00Z', '2027-06-14T06:30:00Z']],
] as const)('the first and the second %s in %s', (wall, zone, oddity, instants) => {
  expect(oddityOf(wall, zone)).toBe(oddity);
  expect([instantOf(wall, zone, 'first'), instantOf(wall, zone, 'second')]).toEqual(instants);
});

test('what is no local time is no instant', () => {
  for (const typed of ['', '2027', '+012027-01-15T23:00', '2027-01-15T25:00'])
    expect(instantOf(typed, 'Europe/Berlin')).toBeNull();
});

const zones = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  // 44 minutes and 30 seconds behind UTC until 1972.
  'Africa/Monrovia',
];

test('every instant that is shown in a zone and read back is the same instant', () => {
  const hoursAtChanges = ['2027-11-07T05:00:00Z', '2027-10-31T00:00:00Z', '2027-04-03T14:00:00Z'].map(
    (hour) => fc.integer({ min: Date.parse(hour), max: Date.parse(hour) + 7_200_000 }),
  );
  const anyTime = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.oneof(anyTime, ...hoursAtChanges), (zone, ms) => {
      const instant = new Date(ms).toISOString();
      const back = instantOf(wallTimeOf(instant, zone), zone, occurrenceOf(instant, zone));
      expect(Date.parse(back ?? '')).toBe(ms);
    }),
    { numRuns: 1000 },
  );
});
