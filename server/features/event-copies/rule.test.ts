import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../../contract/errors.ts';
import type { RuleFault } from '../../../contract/event-dates.ts';
import { runs } from '../../testing/thorough.ts';
import { datesOfRule } from './rule.ts';
import { daysByDefinition, type RuleParts, textOf } from './testing/rule-by-definition.ts';

const utc = () => 0;
const dates = (rule: string, from = '2027-01-05T20:00', most = 100) =>
  datesOfRule({ rule, from, offsetAt: utc, most });
const days = (rule: string, from?: string) => dates(rule, from).dates.map((local) => local.slice(0, 10));

test.each<[string, string[]]>([
  ['FREQ=WEEKLY;BYDAY=TU,FR;COUNT=4', ['2027-01-05', '2027-01-08', '2027-01-12', '2027-01-15']],
  ['FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU;COUNT=3', ['2027-03-07', '2027-05-02', '2027-07-04']],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2', ['2027-01-29', '2027-02-26']],
  ['FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', ['2027-01-31', '2027-02-28', '2027-03-31']],
  ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3', ['2027-01-31', '2027-03-31', '2027-05-31']],
  ['FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR;COUNT=3', ['2027-08-13', '2028-10-13', '2029-04-13']],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2', ['2027-05-17', '2028-05-15']],
  ['FREQ=DAILY;UNTIL=20270107', ['2027-01-05', '2027-01-06', '2027-01-07']],
  ['FREQ=DAILY;UNTIL=20270107T200000', ['2027-01-05', '2027-01-06', '2027-01-07']],
  ['FREQ=DAILY;UNTIL=20270107T195900', ['2027-01-05', '2027-01-06']],
  ['rrule:freq=weekly;count=2;', ['2027-01-05', '2027-01-12']],
])('%s', (rule, expected) => {
  expect(days(rule)).toEqual(expected);
});

test('an UNTIL in UTC is the same moment on the clocks of the zone', () => {
  const inNewYork = (rule: string) =>
    datesOfRule({ rule, from: '2027-01-05T20:00', offsetAt: () => -5 * 3_600_000, most: 9 }).dates.length;
  expect(inNewYork('FREQ=DAILY;UNTIL=20270107T010000Z')).toBe(2);
  expect(inNewYork('FREQ=DAILY;UNTIL=20270107T005900Z')).toBe(1);
});

test('a rule says if it has more dates than are listed, or later ones than it may have', () => {
  const more = (rule: string, most = 5) => dates(rule, '2027-01-05T20:00', most).more;
  expect(more('FREQ=DAILY')).toBe(true);
  expect(more('FREQ=DAILY;COUNT=6')).toBe(true);
  expect(more('FREQ=DAILY;COUNT=5')).toBe(false);
  expect(more('FREQ=YEARLY;COUNT=12', 100)).toBe(true);
  expect(more('FREQ=YEARLY;COUNT=11', 100)).toBe(false);
  expect(more('FREQ=YEARLY;UNTIL=20370105', 100)).toBe(false);
  expect(more('FREQ=YEARLY;UNTIL=20380105', 100)).toBe(true);
  expect(dates('FREQ=YEARLY;COUNT=4;BYMONTH=2;BYMONTHDAY=29', '2024-02-29T10:00')).toEqual({
    dates: ['2024-02-29T10:00', '2028-02-29T10:00', '2032-02-29T10:00'],
    more: true,
  });
});

describe('a rule that cannot be used is refused with its part', () => {
  test.each<[string, RuleFault, string | null]>([
    ['every Tuesday', 'unreadable', 'EVERY TUESDAY'],
    ['BYDAY=TU', 'unreadable', 'FREQ'],
    ['FREQ=WEEKLY;;COUNT=2', 'unreadable', null],
    ['FREQ=WEEKLY;COUNT=2\nRDATE:20280101T000000Z', 'unreadable', 'COUNT=2\nRDATE:202801'],
    ['FREQ=WEEKLY;X-MOON=FULL', 'unknown_part', 'X-MOON'],
    ['FREQ=WEEKLY;COUNT=2;COUNT=3', 'part_twice', 'COUNT'],
    ['FREQ=SECONDLY;COUNT=2', 'too_fine', 'FREQ'],
    ['FREQ=DAILY;BYHOUR=1,2,3', 'too_fine', 'BYHOUR'],
    ['FREQ=FORTNIGHTLY', 'value', 'FREQ'],
    ['FREQ=WEEKLY;COUNT=0', 'value', 'COUNT'],
    ['FREQ=WEEKLY;COUNT=-1', 'value', 'COUNT'],
    ['FREQ=WEEKLY;INTERVAL=0', 'value', 'INTERVAL'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'value', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'value', 'BYMONTHDAY'],
    ['FREQ=WEEKLY;BYDAY=TUE', 'value', 'BYDAY'],
    ['FREQ=DAILY;UNTIL=20270230', 'value', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20270301;COUNT=3', 'ends_twice', 'UNTIL'],
    ['FREQ=WEEKLY;BYDAY=1TU', 'combination', null],
    ['FREQ=DAILY;BYSETPOS=1', 'combination', null],
    ['FREQ=MONTHLY;BYYEARDAY=3', 'combination', null],
    ['FREQ=DAILY;UNTIL=20260101', 'no_dates', null],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'no_dates', null],
  ])('%s', (rule, fault, part) => {
    const refusal = refusalOf(() => dates(rule));
    expect(refusal.code).toBe('date_rule_refused');
    expect(refusal.members).toMatchObject({ fault, part });
  });
});

// Each of these made a library that we tried run without an end, or for seconds.
test.each([
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999',
  'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999',
  'FREQ=MONTHLY;INTERVAL=24;BYDAY=5MO;BYMONTH=2',
  'FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29',
  'FREQ=YEARLY;BYDAY=53SU;BYMONTH=2',
  'FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;COUNT=9999',
  'FREQ=DAILY;BYDAY=MO;BYSETPOS=2;COUNT=9999',
  'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366,366;BYMONTHDAY=30;BYMONTH=2',
])('%s ends soon although no day matches', (rule) => {
  const before = process.cpuUsage();
  const refusal = refusalOf(() => dates(rule, '2027-01-05T20:00'));
  const { user } = process.cpuUsage(before);
  expect(refusal.members).toMatchObject({ fault: 'no_dates' });
  // It takes 50 ms at most. A rule without an end takes for ever.
  expect(user / 1000).toBeLessThan(2000);
});

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const some = <T>(values: T[], most: number) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most }), { nil: [] });
const anyRule: fc.Arbitrary<RuleParts> = fc.record({
  freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
  interval: fc.integer({ min: 1, max: 4 }),
  byDay: some(weekdays, 4),
  ordinal: fc.constantFrom(0, 0, 1, 2, 5, -1),
  byMonth: some([1, 2, 3, 6, 11, 12], 3),
  byMonthDay: some([1, 13, 28, 29, 30, 31, -1, -5], 3),
  bySetPos: some([1, 2, -1], 2),
  count: fc.option(fc.integer({ min: 1, max: 150 }), { nil: null }),
});

test('any rule has the days that the definition of RFC 5545 gives, and never more than asked for', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      anyRule,
      fc.integer({ min: 0, max: 1500 }),
      fc.integer({ min: 1, max: 100 }),
      (any, shift, most) => {
        const rule = allowed(any);
        const from = new Date(Date.UTC(2026, 11, 28) + shift * 86_400_000).toISOString().slice(0, 10);
        const expected = daysByDefinition(rule, from);
        const given = () => datesOfRule({ rule: textOf(rule), from: `${from}T23:30`, offsetAt: utc, most });
        if (expected.length === 0) {
          expect(refusalOf(given).members).toMatchObject({ fault: 'no_dates' });
          return;
        }
        const { dates: found, more } = given();
        expect(found.length).toBeLessThanOrEqual(most);
        expect(found.map((local) => local.slice(0, 10))).toEqual(expected.slice(0, most));
        expect(found.every((local) => local.endsWith('T23:30'))).toBe(true);
        if (expected.length > most) expect(more).toBe(true);
        compared += found.length;
      },
    ),
    { numRuns: runs(250, 5000) },
  );
  expect(compared).toBeGreaterThan(1000);
});

/** The rule without what RFC 5545 does not allow together. */
function allowed(rule: RuleParts): RuleParts {
  const withDay = rule.byDay.length > 0;
  const ordinal =
    withDay && (rule.freq === 'MONTHLY' || rule.freq === 'YEARLY') && rule.byMonthDay.length === 0
      ? rule.ordinal
      : 0;
  const byMonthDay = rule.freq === 'WEEKLY' ? [] : rule.byMonthDay;
  const hasSet = withDay || byMonthDay.length > 0 || rule.byMonth.length > 0;
  return { ...rule, ordinal, byMonthDay, bySetPos: hasSet ? rule.bySetPos : [] };
}

function refusalOf(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
