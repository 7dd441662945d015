import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventId, OrderId } from '../../contract/ids.ts';
import { createDb, type Db } from '../data/db.ts';
import { confirmedMail, writeOrderMails } from '../features/orders/order-mails.ts';
import { createLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
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

test('an event that comes during the burst of another has the next turn, or the one after it', async () => {
  for (let i = 0; i < 12; i++) await enqueue('A');
  const turns = await runJobs(14, async (turn) => {
    if (turn === 3) await enqueue('B');
    if (turn === 8) await enqueue('B');
  });
  expect(turns.indexOf('B')).toBeLessThanOrEqual(5);
  expect(turns.lastIndexOf('B')).toBeLessThanOrEqual(10);
});
