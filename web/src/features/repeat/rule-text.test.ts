import { expect, test } from 'vitest';
import { type Choice, datesOf, move, noEdits, nthOf, previewOf, ruleOf } from './rule-text.ts';

const choice: Choice = {
  ...{ every: 1, unit: 'week', days: ['FR', 'TU'], by: 'date' },
  ...{ ends: 'until', until: '2027-06-30', count: '10' },
};
const first = '2027-03-07T20:00';

test.each<[Partial<Choice>, string]>([
  [{}, 'FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20270630'],
  [{ days: [] }, 'FREQ=WEEKLY;UNTIL=20270630'],
  [{ unit: 'day', every: 3, ends: 'count' }, 'FREQ=DAILY;INTERVAL=3;COUNT=10'],
  [{ unit: 'month', every: 2, by: 'weekday', ends: 'count' }, 'FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU;COUNT=10'],
  [{ unit: 'month', ends: 'count' }, 'FREQ=MONTHLY;COUNT=10'],
  [{ unit: 'year', ends: 'count' }, 'FREQ=YEARLY;COUNT=10'],
])('%j', (given, rule) => {
  expect(ruleOf({ ...choice, ...given }, first)).toEqual({ rule });
});

test.each<[Partial<Choice>, string]>([
  [{ until: '' }, 'until'],
  [{ ends: 'count', count: '' }, 'count'],
  [{ ends: 'count', count: '0' }, 'count'],
  [{ ends: 'count', count: '101' }, 'count'],
  [{ ends: 'count', count: '1.5' }, 'count'],
])('%j lacks a field', (given, missing) => {
  expect(ruleOf({ ...choice, ...given }, first)).toEqual({ missing });
});

test('a fifth weekday of a month is its last', () => {
  expect(
    ['2027-03-01', '2027-03-07', '2027-03-28', '2027-03-29'].map((day) => nthOf(`${day}T20:00`)),
  ).toEqual([
    [1, 'MO'],
    [1, 'SU'],
    [4, 'SU'],
    [-1, 'MO'],
  ]);
});

test('a date that is moved twice replaces the date of the rule, and moved back it is that date', () => {
  const [a, b, c] = ['2027-03-07T20:00', '2027-03-07T18:00', '2027-03-08T18:00'];
  const once = move({ ...noEdits, struck: [a] }, a, b);
  expect(previewOf(once)).toEqual({ exceptDates: [a], extraDates: [b] });
  const twice = move(once, b, c);
  expect(datesOf(twice, [c])).toEqual({ exceptDates: [a], extraDates: [c] });
  expect(datesOf(move(twice, c, a), [a])).toEqual({ exceptDates: [], extraDates: [] });
});

test('a date that was added and struck is not made, and the preview still lists it', () => {
  const edits = { ...noEdits, added: ['2027-03-09T20:00'], struck: ['2027-03-09T20:00', '2027-03-07T20:00'] };
  expect(previewOf(edits).extraDates).toEqual(['2027-03-09T20:00']);
  // A date that was struck under another rule is nobody's business now.
  const listed = ['2027-03-07T20:00', '2027-03-09T20:00'];
  expect(datesOf({ ...edits, struck: [...edits.struck, '2028-01-01T20:00'] }, listed)).toEqual({
    exceptDates: ['2027-03-09T20:00', '2027-03-07T20:00'],
    extraDates: [],
  });
  expect(move(edits, '2027-03-09T20:00', '2027-03-10T20:00').added).toEqual(['2027-03-10T20:00']);
});
