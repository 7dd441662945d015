import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExportRhythm } from '../../../contract/export-schedules.ts';
import { latestDue, nextDueAfter, nextDueOf } from './schedule.ts';

const berlin = 'Europe/Berlin';
const iso = (rhythm: ExportRhythm, after: string, zone = berlin) =>
  nextDueAfter(rhythm, zone, new Date(after)).toISOString();

test('every day: later today, or tomorrow if the hour has passed', () => {
  const daily = { every: 'day', hour: 6 } as const;
  expect(iso(daily, '2027-01-10T04:59:59Z')).toBe('2027-01-10T05:00:00.000Z');
  expect(iso(daily, '2027-01-10T05:00:00Z')).toBe('2027-01-11T05:00:00.000Z');
  // In Auckland it is another day.
  expect(iso(daily, '2027-01-10T12:00:00Z', 'Pacific/Auckland')).toBe('2027-01-10T17:00:00.000Z');
});

test('every week on its day, Sunday too', () => {
  expect(iso({ every: 'week', weekday: 1, hour: 0 }, '2027-01-10T22:00:00Z')).toBe(
    '2027-01-10T23:00:00.000Z',
  );
  expect(iso({ every: 'week', weekday: 7, hour: 9 }, '2027-01-10T22:00:00Z')).toBe(
    '2027-01-17T08:00:00.000Z',
  );
});

test('every month: a shorter month has its last day', () => {
  const monthly = { every: 'month', day: 31, hour: 9 } as const;
  expect(iso(monthly, '2027-01-31T08:00:00Z')).toBe('2027-02-28T08:00:00.000Z');
  expect(iso(monthly, '2028-02-01T08:00:00Z')).toBe('2028-02-29T08:00:00.000Z');
  expect(iso(monthly, '2027-02-28T08:00:00Z')).toBe('2027-03-31T07:00:00.000Z');
});

describe('when the clocks change', () => {
  const atTwo = { every: 'day', hour: 2 } as const;
  test('an hour that they skip counts when they go on', () => {
    expect(iso(atTwo, '2027-03-27T12:00:00Z')).toBe('2027-03-28T01:00:00.000Z');
    expect(iso(atTwo, '2027-03-28T01:00:00Z')).toBe('2027-03-29T00:00:00.000Z');
  });
  test('of an hour that they show twice the first one counts, once', () => {
    expect(iso(atTwo, '2027-10-30T12:00:00Z')).toBe('2027-10-31T00:00:00.000Z');
    expect(iso(atTwo, '2027-10-31T00:00:00Z')).toBe('2027-11-01T01:00:00.000Z');
    expect(iso(atTwo, '2027-10-31T00:30:00Z')).toBe('2027-11-01T01:00:00.000Z');
  });
  test('a zone that jumps over midnight, and one that jumps by half an hour', () => {
    const midnight = { every: 'day', hour: 0 } as const;
    expect(iso(midnight, '2027-04-28T23:00:00Z', 'Africa/Cairo')).toBe('2027-04-29T22:00:00.000Z');
    expect(iso(atTwo, '2027-10-02T12:00:00Z', 'Australia/Lord_Howe')).toBe('2027-10-02T15:30:00.000Z');
  });
});

test('in every zone each day of the rhythm is due once, at its hour unless the clocks skip it', () => {
  const zones = [
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'America/Santiago',
    'Pacific/Apia',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2029-01-01'), noInvalidDate: true }),
      (zone, hour, start) => {
        const days: string[] = [];
        const format = new Intl.DateTimeFormat('sv', {
          timeZone: zone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        let at = start;
        for (let n = 0; n < 60; n++) {
          const next = nextDueAfter({ every: 'day', hour }, zone, at);
          expect(next > at).toBe(true);
          const [day = '', clock = ''] = format.format(next).split(' ');
          days.push(day);
          const shown = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
          expect([0, 30, 60]).toContain(shown - hour * 60);
          at = next;
        }
        const first = new Date(`${days[0]}T00:00:00Z`).getTime();
        expect(days).toEqual(days.map((_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10)));
      },
    ),
    { numRuns: 60 },
  );
});

test('after an outage the latest due time counts', () => {
  const from = new Date('2027-01-10T05:00:00Z');
  const due = (until: string) =>
    latestDue({ every: 'day', hour: 6 }, berlin, { from, until: new Date(until) }).toISOString();
  expect(due('2027-01-10T05:00:00Z')).toBe('2027-01-10T05:00:00.000Z');
  expect(due('2027-01-14T04:59:00Z')).toBe('2027-01-13T05:00:00.000Z');
});

test('a schedule ends 30 days after the event', () => {
  const event = { timeZone: berlin, endsAt: new Date('2027-01-01T05:00:00Z') };
  const next = (after: string) => nextDueOf({ every: 'day', hour: 6 }, event, new Date(after))?.toISOString();
  expect(next('2027-01-30T05:00:00Z')).toBe('2027-01-31T05:00:00.000Z');
  expect(next('2027-01-31T05:00:00Z')).toBeUndefined();
});
