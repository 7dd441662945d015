import { expect, test } from 'vitest';
import { createRandom } from '../../seeded-random.ts';
import { createAgenda } from './agenda.ts';

test('items come in the order of their instants, and at the same instant as they were added, also if more are added meanwhile', () => {
  const random = createRandom(7);
  const agenda = createAgenda();
  const waiting: { atMs: number; order: number; n: number }[] = [];
  let added = 0;
  const add = (atMs: number) => {
    waiting.push({ atMs, order: added, n: added });
    agenda.add(atMs, added++);
  };
  for (let i = 0; i < 500; i++) add(random.below(20_000));
  for (let taken = 0; waiting.length > 0; taken++) {
    waiting.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    const next = waiting.shift() as (typeof waiting)[0];
    expect([agenda.nextMs(), agenda.take()]).toEqual([next.atMs, next.n]);
    expect(agenda.size()).toBe(waiting.length);
    // At once, soon, far away, and even before what has come.
    if (taken < 1500)
      for (const afterMs of [0, random.below(40), random.below(5000), -random.below(3000)].slice(
        0,
        random.below(5),
      ))
        add(Math.max(0, next.atMs + afterMs));
  }
  expect(added).toBeGreaterThan(2000);
  expect([agenda.take(), agenda.nextMs()]).toEqual([-1, Number.POSITIVE_INFINITY]);
});
