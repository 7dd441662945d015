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

/** Keeps the thread busy for as long as sorting takes. */
const work = () => Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 200_003).sort((a, b) => a - b)[0];

/** Counts as many requests as if buyers came all the time. */
function manyRequests(): () => Promise<number> {
  let count = 0;
  return async () => {
    count += 1_000_000;
    return count;
  };
}

test('several jobs run at once, and one at a time with a rest after it while buyers need the thread', async () => {
  const stopping = new AbortController();
  const yielding = createYielding(stopping.signal, manyRequests());
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const busy = (until: Promise<void>) => () => {
    work();
    return until;
  };
  const firstRun = yielding.run(busy(first.promise));
  // Nothing is known of the thread yet.
  await yielding.mayStart();
  const secondRun = yielding.run(busy(second.promise));
  first.resolve();
  await firstRun;
  let mayStart = false;
  const next = yielding.mayStart().then(() => {
    mayStart = true;
  });
  expect(mayStart).toBe(false);
  second.resolve();
  await secondRun;
  expect(mayStart).toBe(false);
  stopping.abort();
  await next;
});

test('fetched jobs wait for the rest, those that end meanwhile prolong it, and then all run at once', async () => {
  const stopping = new AbortController();
  const yielding = createYielding(stopping.signal, manyRequests());
  const ends = Promise.withResolvers<void>();
  const longRun = yielding.run(() => {
    work();
    return ends.promise;
  });
  await yielding.run(work);
  const started: string[] = [];
  const both = Promise.withResolvers<void>();
  const waiting = ['a', 'b'].map((name) =>
    yielding.runAfterRest(() => {
      started.push(name);
      if (started.length === 2) both.resolve();
      return both.promise;
    }),
  );
  ends.resolve();
  await longRun;
  expect(started).toEqual([]);
  stopping.abort();
  // Each ends only when the other has started.
  await Promise.all(waiting);
  expect(started).toEqual(['a', 'b']);
});

test('on a process without requests the next job may start at once', async () => {
  const yielding = createYielding(new AbortController().signal, async () => 0);
  await yielding.run(work);
  await yielding.mayStart();
});

test('what a job answers or throws stays', async () => {
  const yielding = createYielding(new AbortController().signal, manyRequests());
  expect(await yielding.run(work)).toBe(0);
  await expect(
    yielding.run(() => {
      throw new Error('no mail server');
    }),
  ).rejects.toThrow('no mail server');
});
