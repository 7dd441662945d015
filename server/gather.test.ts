import { expect, test } from 'vitest';
import { gather } from './gather.ts';

test('an idle gatherer starts at once, and items that arrive meanwhile share batches of the largest size', async () => {
  const runs: number[][] = [];
  const double = gather(async (items: number[]) => {
    runs.push(items);
    await Promise.resolve();
    return items.map((item) => item * 2);
  }, 2);
  expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
  expect(await double(5)).toBe(10);
  expect(runs).toEqual([[1], [2, 3], [4], [5]]);
});

test('the next batch starts before the previous one is answered', async () => {
  const heard: string[] = [];
  const echo = gather(async (items: number[]) => {
    // A pool of connections writes a query after this turn of promises.
    await new Promise(process.nextTick);
    heard.push(`sent ${items}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return items;
  }, 2);
  await Promise.all([1, 2, 3].map(async (item) => heard.push(`answered ${await echo(item)}`)));
  expect(heard).toEqual(['sent 1', 'sent 2,3', 'answered 1', 'answered 2', 'answered 3']);
});

test('an item that makes its batch fail fails alone', async () => {
  const half = gather(async (items: number[]) => {
    await Promise.resolve();
    if (items.includes(3)) throw new Error('odd');
    return items.map((item) => item / 2);
  }, 2);
  const outcomes = await Promise.allSettled([2, 3, 4, 6].map(half));
  expect(outcomes.map((outcome) => outcome.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});

test('an unavailable database is asked once for a whole batch', async () => {
  let runs = 0;
  const ask = gather(async (_items: number[]): Promise<number[]> => {
    runs++;
    await Promise.resolve();
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }, 10);
  await Promise.allSettled([1, 2, 3, 4, 5].map(ask));
  // The first ran alone, before the others arrived.
  expect(runs).toBe(2);
});
