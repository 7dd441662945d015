import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventId, PaymentId } from '../../contract/ids.ts';
import { createWorld, type World } from '../testing/world.ts';
import { countJobs, enqueueJobs } from './jobs.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('a job that was replaced while its process was killed is not given up, and one that failed is', async () => {
  const { db } = world.app;
  const payload = { paymentId: 'pay_x' as PaymentId, eventId: 'evt_x' as EventId };
  const runAt = new Date(Date.now() + 3_600_000);
  const enqueue = () =>
    db.transaction(async (trx) => enqueueJobs(trx, [{ task: 'cancel-payment', payload, key: 'one', runAt }]));
  await enqueue();
  await db.run(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead'`);
  await enqueue();
  await db.run(`update graphile_worker._private_jobs set locked_at = null, locked_by = null`);
  const rows = await db.query('select 1 from graphile_worker._private_jobs where attempts >= max_attempts');
  expect(rows).toHaveLength(1);
  expect((await countJobs(db)).givenUp).toBe(0);
  await db.run(
    `update graphile_worker._private_jobs set last_error = 'no such payment' where attempts >= max_attempts`,
  );
  expect((await countJobs(db)).givenUp).toBe(1);
  await db.run('delete from graphile_worker._private_jobs');
});
