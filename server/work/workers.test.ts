import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb, type Db } from '../data/db.ts';
import { createLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { enqueueJobs, type Job, type TaskHandlers, type TaskName } from './jobs.ts';
import { startWorker, timetable } from './workers.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb({ connectionString: database.connectionString, poolSize: 6 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const mail = (to: string) => ({ task: 'send-mail', payload: { kind: to } }) as const;
const lockedBy = async () =>
  (
    await db.query<{ locked_by: string | null }>(
      'select locked_by from graphile_worker._private_jobs order by id',
    )
  ).map((row) => row.locked_by);

// Simulates a fetch whose answer never arrived, because the connection broke.
const fetchUnheard = `
  update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - interval '6 seconds', attempts = 1
  where payload::json ->> 'kind' = 'lost'`;

test('a job that was fetched and never arrived is done all the same, one that is being done only once', async () => {
  const done: string[] = [];
  const slow = Promise.withResolvers<void>();
  const handlers: TaskHandlers = {
    'send-mail': async ({ kind }) => {
      done.push(kind);
      if (kind === 'slow') await slow.promise;
    },
  };
  const worker = await startWorker(db, handlers, createLog({ logLevel: 'silent' }));
  try {
    await enqueueJobs(db, [mail('slow')]);
    await expect.poll(() => done, { timeout: 10_000 }).toEqual(['slow']);
    const [pool] = await lockedBy();
    expect(pool).toMatch(/^pool-/);
    await enqueueJobs(db, [{ ...mail('lost'), runAt: new Date(Date.now() + 3_600_000) }]);
    await db.run(fetchUnheard, [pool]);
    await db.run(`update graphile_worker._private_jobs set run_at = now() - interval '1 second'`);
    await expect.poll(() => done, { timeout: 20_000 }).toEqual(['slow', 'lost']);
    // Runs for longer than any answer travels, but the job still belongs to its pool.
    await wait(6000);
    expect(await lockedBy()).toEqual([pool]);
    slow.resolve();
    await expect.poll(lockedBy, { timeout: 10_000 }).toEqual([]);
    expect(done).toEqual(['slow', 'lost']);
  } finally {
    slow.resolve();
    await worker.stop();
  }
});

test('the jobs of a pool that is dead are done by one that lives', async () => {
  await enqueueJobs(db, [mail('lost')]);
  await db.run(fetchUnheard, ['pool-of-the-dead']);
  const done: string[] = [];
  const handlers: TaskHandlers = { 'send-mail': async ({ kind }) => void done.push(kind) };
  const worker = await startWorker(db, handlers, createLog({ logLevel: 'silent' }));
  try {
    await expect.poll(() => done, { timeout: 20_000 }).toEqual(['lost']);
  } finally {
    await worker.stop();
  }
});

test('a job of the timetable that dies with its process is done by another process', async () => {
  await enqueueJobs(
    db,
    timetable.map(({ task, max }) => ({ task, payload: {}, maxAttempts: max })),
  );
  await db.run(
    `update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now() - interval '6 seconds', attempts = 1`,
  );
  const done = new Set<string>();
  const handlers: TaskHandlers = Object.fromEntries(
    timetable.map(({ task }) => [task, async () => void done.add(task)]),
  );
  const worker = await startWorker(db, handlers, createLog({ logLevel: 'silent' }));
  try {
    await expect
      .poll(() => db.query('select from graphile_worker._private_jobs'), { timeout: 20_000 })
      .toEqual([]);
    expect(done).toEqual(new Set(timetable.map(({ task }) => task)));
  } finally {
    await worker.stop();
  }
});

test('what a cancelled or moved event causes rests while buyers need the thread, and nothing else does', async () => {
  await db.run('delete from graphile_worker._private_jobs');
  const resting: TaskName[] = [
    'cancel-orders',
    'settle-refund',
    'deliver-sandbox-refunds',
    'issue-documents',
    'tell-moved',
    'tell-seats-changed',
    'remind-buyers',
  ];
  const urgent: TaskName[] = ['send-mail', 'deliver-sandbox-webhooks', 'cancel-payment', 'send-push'];
  const begun = new Set<string>();
  const handlers: TaskHandlers = Object.fromEntries(
    [...resting, ...urgent].map((task) => [task, async () => void begun.add(task)]),
  );
  // A job that rests asks for the number of requests before it begins.
  const answer = Promise.withResolvers<number>();
  let asked = 0;
  const countRequests = () => {
    asked++;
    return answer.promise;
  };
  const worker = await startWorker(db, handlers, createLog({ logLevel: 'silent' }), countRequests);
  try {
    await enqueueJobs(
      db,
      [...resting, ...urgent].map((task) => ({ task, payload: {} }) as Job),
    );
    await expect.poll(() => asked, { timeout: 20_000 }).toBe(resting.length);
    await expect.poll(() => begun, { timeout: 20_000 }).toEqual(new Set(urgent));
    answer.resolve(0);
    await expect.poll(() => begun, { timeout: 20_000 }).toEqual(new Set([...urgent, ...resting]));
  } finally {
    answer.resolve(0);
    await worker.stop();
  }
});

test('refunds that wait for the provider hold up no credit note and no other order of the event', async () => {
  await db.run('delete from graphile_worker._private_jobs');
  const provider = Promise.withResolvers<void>();
  const done: string[] = [];
  const handlers: TaskHandlers = {
    'settle-refund': () => provider.promise,
    'cancel-orders': async () => void done.push('cancel-orders'),
    'issue-documents': async () => void done.push('issue-documents'),
  };
  const worker = await startWorker(db, handlers, createLog({ logLevel: 'silent' }));
  try {
    // More than run at once.
    const refunds = Array.from({ length: 30 }, (_, i) => ({
      task: 'settle-refund' as const,
      payload: { refundId: `ref_${i}` },
    }));
    await enqueueJobs(db, refunds);
    await expect
      .poll(async () => (await lockedBy()).filter(Boolean).length, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(24);
    await enqueueJobs(db, [
      { task: 'cancel-orders', payload: { eventId: 'evt_1' } },
      { task: 'issue-documents', payload: { eventId: 'evt_1', orderIds: [] } },
    ]);
    await expect
      .poll(() => done.toSorted(), { timeout: 20_000 })
      .toEqual(['cancel-orders', 'issue-documents']);
  } finally {
    provider.resolve();
    await worker.stop();
  }
});

const troubleSql = `
  create function trouble() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' and new.last_error is not distinct from old.last_error then return new; end if;
    raise exception 'the database shuts down' using errcode = '57P01';
  end $$;
  create trigger trouble before delete or update on graphile_worker._private_jobs
    for each row execute function trouble()`;
const jobsSql = `select payload::json ->> 'kind' as kind, locked_by, last_error from graphile_worker._private_jobs`;

test('a worker that stops gives back the jobs that it has fetched and not begun', async () => {
  await db.run('delete from graphile_worker._private_jobs');
  const begun: string[] = [];
  const gate = Promise.withResolvers<void>();
  const said: string[] = [];
  const handlers: TaskHandlers = {
    async 'send-mail'({ kind }) {
      begun.push(kind);
      await gate.promise;
    },
  };
  const log = createLog({ logLevel: 'silent' });
  log.warn = (_about: unknown, message?: string) => void said.push(message ?? '');
  await enqueueJobs(
    db,
    Array.from({ length: 90 }, (_, n) => mail(`n${n}`)),
  );
  const worker = await startWorker(db, handlers, log);
  await expect.poll(() => begun.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const [pool] = await lockedBy();
  await expect.poll(async () => (await lockedBy()).filter((by) => by === pool).length).toBe(90);
  const stopped = worker.stop();
  gate.resolve();
  await stopped;
  const left = await lockedBy();
  expect(left).toHaveLength(90 - begun.length);
  expect(left.length).toBeGreaterThan(0);
  expect(new Set(left)).toEqual(new Set([null]));
  // The other pools have no tasks here.
  expect(said.filter((message) => !message.includes('No runnable tasks'))).toEqual([]);
});

test('what is done or has failed while it cannot be noted is noted later, and done once', async () => {
  const done: string[] = [];
  const handlers: TaskHandlers = {
    'send-mail': async ({ kind }) => {
      done.push(kind);
      if (kind === 'fails') throw new Error('no such mailbox');
    },
    // Runs in a pool of its own that records each result separately.
    'send-order-mails': (payloads) => payloads.map(async ({ kind }) => void done.push(kind)),
  };
  await db.run('delete from graphile_worker._private_jobs');
  await db.pool.query(troubleSql);
  const worker = await startWorker(db, handlers, createLog({ logLevel: 'silent' }));
  try {
    await enqueueJobs(db, [
      mail('works'),
      mail('fails'),
      { task: 'send-order-mails', payload: [{ kind: 'order' }] },
    ]);
    await expect.poll(() => done.toSorted(), { timeout: 10_000 }).toEqual(['fails', 'order', 'works']);
    const names = new Set(await lockedBy());
    // Long enough to replace a pool that has given up, and to take over its jobs.
    await wait(12_000);
    expect(new Set(await lockedBy())).toEqual(names);
    await db.run('drop trigger trouble on graphile_worker._private_jobs');
    await expect
      .poll(() => db.query(jobsSql), { timeout: 10_000 })
      .toEqual([{ kind: 'fails', locked_by: null, last_error: 'no such mailbox' }]);
    expect(done.toSorted()).toEqual(['fails', 'order', 'works']);
  } finally {
    await db.run('drop trigger if exists trouble on graphile_worker._private_jobs');
    await db.run('drop function trouble');
    await worker.stop();
  }
});
