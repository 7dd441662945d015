import { expect, test } from 'vitest';
import { barsOf } from './minutes.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 11, 4, 19, minute)).toISOString();
const scanned = (minute: number, gate: string | null, entries: number, exits = 0) => ({
  at: at(minute),
  gate,
  entries,
  exits,
});

test('each minute has a bar, also one in which nobody came', () => {
  const minutes = [scanned(0, 'North', 3), scanned(0, 'South', 2), scanned(3, 'North', 1, 4)];
  expect(barsOf(minutes).map(({ entries, exits }) => [entries, exits])).toEqual([
    [5, 0],
    [0, 0],
    [0, 0],
    [1, 4],
  ]);
  expect(barsOf(minutes, 'South').map(({ entries }) => entries)).toEqual([2, 0, 0, 0]);
  expect(barsOf(minutes, null).every(({ entries }) => entries === 0)).toBe(true);
});

test('only the last hour is shown, and nothing before the first scan', () => {
  expect(barsOf([])).toEqual([]);
  const bars = barsOf([scanned(0, null, 9), scanned(90, null, 1)]);
  expect(bars).toHaveLength(60);
  expect(bars[0]?.atMs).toBe(Date.parse(at(31)));
  expect(bars.reduce((sum, { entries }) => sum + entries, 0)).toBe(1);
});
