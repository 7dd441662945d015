import { expect, test } from 'vitest';
import { growth, niceTicks, pathOf } from './scale.ts';

test('ticks are round, begin at 0 and reach the largest value', () => {
  for (const most of [0, 1, 3, 7, 42, 99, 100, 101, 12_345, 1_000_000]) {
    const ticks = niceTicks(most);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every(Number.isInteger)).toBe(true);
  }
});

test('sales grow from the beginning of the sale, flat where nothing was sold', () => {
  const hour = 3_600_000;
  const steps = growth(
    {
      onSaleAt: '2026-11-29T00:30:00Z',
      points: [
        { at: '2026-11-29T00:00:00Z', tickets: 2 },
        { at: '2026-11-29T03:00:00Z', tickets: 5 },
      ],
    },
    hour,
  );
  expect(steps).toEqual([
    { at: 0, total: 0 },
    { at: hour, total: 2 },
    { at: 3 * hour, total: 2 },
    { at: 4 * hour, total: 7 },
  ]);
  expect(
    pathOf(
      steps.slice(0, 2),
      (at) => at / hour,
      (total) => 10 - total,
    ),
  ).toBe('M0.0 10.0L1.0 8.0');
  expect(growth({ onSaleAt: null, points: [] }, hour)).toEqual([]);
});
