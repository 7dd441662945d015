import { expect, test } from 'vitest';
import { smallHall } from '../../../../seat-map/testing/plans.ts';
import { sceneOf } from './scene.ts';
import { vanishing } from './use-problems.ts';

test('a seat whose key is gone warns and forbids nothing, because its name may keep it', () => {
  const plan = smallHall();
  const [row] = sceneOf(plan).objects.flatMap(({ placedRows }) => placedRows);
  const there = `${row!.stem}${row!.serials[0]}`;
  expect(vanishing(plan, new Set())).toEqual([]);
  expect(vanishing(plan, new Set([there]))).toEqual([]);
  expect(vanishing(plan, new Set([there, 'gone.r1.1']))).toEqual([
    { code: 'vanishing', severity: 'warning', values: { count: 1 } },
  ]);
});
