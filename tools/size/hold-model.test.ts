import { expect, test } from 'vitest';
import { simulateHolds } from './hold-model.ts';

const costs = { threadMs: 0.1, batchMs: 2, batchMsPerHold: 0.01 };

test('one client waits for its own work alone', () => {
  const { p50Ms, p99Ms, rate, meanBatch } = simulateHolds(costs, { clients: 1, forMs: 10_000 });
  expect(p50Ms).toBeCloseTo(0.1 + 2 + 0.01, 6);
  expect(p99Ms).toBeCloseTo(p50Ms, 6);
  expect(meanBatch).toBe(1);
  expect(rate).toBeCloseTo(1000 / 2.11, 0);
});

test('many clients share batches until the thread is the bound', () => {
  const some = simulateHolds(costs, { clients: 20, forMs: 20_000 });
  expect(some.meanBatch).toBeGreaterThan(5);
  expect(some.rate).toBeGreaterThan(3000);
  const many = simulateHolds(costs, { clients: 400, forMs: 20_000 });
  // 0.1 ms of one thread for each: 10,000 a second and no more.
  expect(many.rate).toBeGreaterThan(9000);
  expect(many.rate).toBeLessThanOrEqual(10_010);
  // Little's law: clients = rate * time.
  expect((many.rate / 1000) * many.p50Ms).toBeGreaterThan(0.7 * 400);
});

test('the queue of a thread is the one that theory knows', () => {
  // No ledger to speak of: a queue with random arrivals, constant work and 80 % load (M/D/1) waits 2 times its work on average. Here
  // each request passes the thread twice, so the check is on the share of time that it is idle: all work is done.
  const random = createRandom(7);
  let atMs = 0;
  const all = Array.from({ length: 50_000 }, () => {
    atMs -= Math.log(1 - random()) * 0.125;
    return atMs;
  });
  const { lastMs, p50Ms } = simulateHolds({ threadMs: 0.1, batchMs: 0, batchMsPerHold: 0 }, { atMs: all });
  expect(lastMs).toBeLessThan(atMs + 20);
  expect(p50Ms).toBeGreaterThan(0.1);
  expect(p50Ms).toBeLessThan(1);
  // With more work than time the backlog grows to the end.
  const late = simulateHolds({ threadMs: 0.15, batchMs: 0, batchMsPerHold: 0 }, { atMs: all });
  expect(late.lastMs).toBeGreaterThan(50_000 * 0.15 - 1);
});

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
