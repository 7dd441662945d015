import { expect, test } from 'vitest';
import { createYielding, restOf } from './yield-to-requests.ts';

test('jobs take a fifth of the time while the thread is busy with requests, and none rests longer than two seconds for each of them', () => {
  const requestsPerSecond = 1000;
  const jobsAtOnce = 1;
  expect(restOf({ elapsedMs: 100, utilization: 0.79, requestsPerSecond, jobsAtOnce })).toBe(0);
  expect(restOf({ elapsedMs: 100, utilization: 0.8, requestsPerSecond, jobsAtOnce })).toBe(400);
  expect(restOf({ elapsedMs: 100, utilization: 1, requestsPerSecond, jobsAtOnce })).toBe(400);
  expect(restOf({ elapsedMs: 60_000, utilization: 1, requestsPerSecond, jobsAtOnce })).toBe(2000);
  // Two jobs at once rest for nine times their time each.
  expect(restOf({ elapsedMs: 100, utilization: 1, requestsPerSecond, jobsAtOnce: 2 })).toBe(900);
  expect(restOf({ elapsedMs: 60_000, utilization: 1, requestsPerSecond, jobsAtOnce: 2 })).toBe(4000);
  // Nobody needs the thread: it is busy with the mails themselves.
  expect(restOf({ elapsedMs: 100, utilization: 1, requestsPerSecond: 50, jobsAtOnce })).toBe(0);
});

test('a stop ends the rest, and what the job answered or threw stays', async () => {
  const stopping = new AbortController();
  stopping.abort();
  const yielding = createYielding(stopping.signal, async () => 0, 1);
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
