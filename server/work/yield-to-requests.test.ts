import { expect, test } from 'vitest';
import { createYielding, restOf } from './yield-to-requests.ts';

test('a job rests four times as long as it took while the thread is busy with requests, two seconds at most', () => {
  const requestsPerSecond = 1000;
  expect(restOf({ elapsedMs: 100, utilization: 0.79, requestsPerSecond })).toBe(0);
  expect(restOf({ elapsedMs: 100, utilization: 0.8, requestsPerSecond })).toBe(400);
  expect(restOf({ elapsedMs: 100, utilization: 1, requestsPerSecond })).toBe(400);
  expect(restOf({ elapsedMs: 60_000, utilization: 1, requestsPerSecond })).toBe(2000);
  // Nobody needs the thread: it is busy with the mails themselves.
  expect(restOf({ elapsedMs: 100, utilization: 1, requestsPerSecond: 50 })).toBe(0);
});

test('a stop ends the rest, and what the job answered or threw stays', async () => {
  const stopping = new AbortController();
  stopping.abort();
  const yielding = createYielding(stopping.signal, async () => 0);
  /** Keeps the thread busy for as long as sorting takes. */
  const work = () => Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 200_003).sort((a, b) => a - b)[0];
  expect(await yielding(work)(null)).toBe(0);
  await expect(
    yielding(() => {
      work();
      throw new Error('no mail server');
    })(null),
  ).rejects.toThrow('no mail server');
});
