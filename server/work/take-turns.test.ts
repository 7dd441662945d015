import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventId, OrderId } from '../../contract/ids.ts';
import { createDb, type Db } from '../data/db.ts';
import { confirmedMail, writeOrderMails } from '../features/orders/order-mails.ts';
import { createLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createTurns } from './take-turns.ts';
import { startWorker } from './workers.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb({ connectionString: database.connectionString, poolSize: 6 });
});
beforeEach(() => db.run('delete from graphile_worker._private_jobs'));
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** One job with the mail of one order. The order's id names the event. */
const enqueue = (event: string) =>
  db.transaction(async (trx) =>
    writeOrderMails(trx, `evt_${event}` as EventId, [confirmedMail(event as OrderId)]),
  );

/** Runs the jobs of order mails and returns their events in the order in which their turn came. */
async function runJobs(count: number, onJob: (turn: number) => Promise<void> = async () => {}) {
  const turns: string[] = [];
  const handler = async (payload: { [key: string]: unknown }[]): Promise<Promise<void>[]> => {
    const turn = turns.push(String(payload[0]?.orderId));
    await onJob(turn);
    return payload.map(async () => {});
  };
  const log = createLog({ logLevel: 'silent' });
  const worker = await startWorker(db, { 'send-order-mails': handler }, log);
  try {
    await expect.poll(() => turns.length, { timeout: 60_000, interval: 20 }).toBe(count);
    return turns.join('');
  } finally {
    await worker.stop();
  }
}

test('the mails of a burst take turns with those of other events', async () => {
  for (const event of ['A', 'A', 'A', 'A', 'A', 'A', 'A', 'A', 'B', 'B', 'C']) await enqueue(event);
  // A round has one job of each event that has any.
  expect(await runJobs(11)).toMatch(/^(ABC|ACB|BAC|BCA|CAB|CBA)(AB|BA)A{6}$/);
});

test('an event that comes during the burst of another has the next turn', async () => {
  for (let i = 0; i < 20; i++) await enqueue('A');
  let enqueued = Promise.resolve();
  const turns = await runJobs(22, async (turn) => {
    if (turn === 3 || turn === 10) enqueued = enqueue('B');
    // Until then only jobs run that were fetched before.
    await enqueued;
  });
  // Four jobs run at once, so three others may have been fetched before the event came.
  expect(turns.indexOf('B'), turns).toBeLessThanOrEqual(6);
  expect(turns.lastIndexOf('B'), turns).toBeLessThanOrEqual(13);
});

test('jobs of mails run at once, so that some are sent while the tickets of others are drawn', async () => {
  for (let i = 0; i < 4; i++) await enqueue('A');
  const all = Promise.withResolvers<void>();
  // No job ends before four have started.
  const turns = await runJobs(4, async (turn) => {
    if (turn === 4) all.resolve();
    await all.promise;
  });
  expect(turns).toBe('AAAA');
});

const openTurns = (pollMs: number) =>
  createTurns({ db, task: 'send-order-mails', pollMs, mayStart: async () => {} });

test('a worker fetches only when the fetch before has ended, so each knows the turns of the others', async () => {
  for (const event of ['A', 'A', 'B']) await enqueue(event);
  const turns = openTurns(0);
  const asked = [turns.mustWait(), turns.mustWait(), turns.mustWait()];
  const answered: number[] = [];
  for (const [i, answer] of asked.entries()) answer.then(() => answered.push(i));
  expect(await asked[0]).toEqual([]);
  await db.query('select');
  expect(answered).toEqual([0]);
  turns.took({ A: true });
  expect(await asked[1]).toEqual(['A']);
  // Now no other event has any.
  await db.run('delete from graphile_worker._private_jobs');
  turns.took({ B: true });
  expect(await asked[2]).toEqual([]);
});

test('workers without a job poll together as often as one of them', async () => {
  const turns = openTurns(3_600_000);
  expect(await turns.mustWait()).toEqual([]);
  turns.foundNone();
  let polled = false;
  const next = turns.mustWait().then(() => {
    polled = true;
  });
  await db.query('select');
  expect(polled).toBe(false);
  turns.stop();
  await next;
});

test('jobs that another process took do not stop the rounds', async () => {
  const turns = openTurns(3_600_000);
  await enqueue('B');
  await turns.mustWait();
  turns.took({ A: true });
  expect(await turns.mustWait()).toEqual(['A']);
  turns.foundNone();
  expect(await turns.mustWait()).toEqual([]);
});
