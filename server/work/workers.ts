import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, type Runner, run, runOnce, type WorkerEventMap, type WorkerEvents } from 'graphile-worker';
import type { PoolClient } from 'pg';
import type { Db } from '../data/db.ts';
import { createPatientPool } from '../data/patient-pool.ts';
import type { Log } from '../log.ts';
import type { TaskHandlers, TaskName } from './jobs.ts';
import { repeat } from './repeat.ts';
import { createTurns, type Turns } from './take-turns.ts';
import { createYielding, type Yielding } from './yield-to-requests.ts';

// A job belongs to the process that runs it. graphile-worker returns the jobs of a killed process only after four
// hours, so the webhook of a buyer who has just paid would wait until noon. So each working process holds an advisory
// lock under its pool's name, on its listening connection. If another process can get the lock, the pool is dead.
// Jobs younger than five seconds are left alone, because their process may be about to take its lock. After a restart
// of PostgreSQL nobody holds a lock until the connections are back, so a pool must be found dead twice in a row.
const sayAlive = `select pg_try_advisory_lock(hashtextextended($1, 0)) as said`;
const findTheDead = `
  select distinct locked_by as name from graphile_worker._private_jobs
  where locked_at < now() - interval '5 seconds' and not exists (
    select from pg_locks
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32 | objid::bigint) = hashtextextended(locked_by, 0))`;
const takeFromTheDead = `
  update graphile_worker._private_jobs set locked_at = null, locked_by = null
  where locked_by = any($1::text[]) and locked_at < now() - interval '5 seconds'
    and pg_try_advisory_xact_lock(hashtextextended(locked_by, 0))`;
// Finds jobs of fetches whose answer was lost because the connection broke. Their pool is alive, but does not know
// them.
const takeUnheard = `
  with own as (select id from graphile_worker._private_jobs where locked_by = $1),
  freed as (
    update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_by = $1 and id <> all($2::bigint[]) and locked_at < now() - interval '5 seconds')
  select id::text from own`;
const lookEveryMs = 2500;
const pollMs = 1000;
/**
 * Jobs of mails that run at once. While the tickets of one are drawn in another thread, the mails of the others are
 * composed and sent, and the next job is fetched. With one job at a time both cores were idle for two thirds of the time.
 */
const mailJobsAtOnce = 4;
/**
 * Tasks whose jobs rest while buyers need the thread. They come after a sale, and one act of an organiser causes thousands of
 * them: it cancels or moves an event. Scheduled exports of many teams are due at the same full hour. If one of them caused jobs that do not rest, these would fill its pauses. So what follows
 * a refund rests too: its webhook, its credit note.
 */
const afterSaleTasks = [
  'cancel-orders',
  'deliver-sandbox-refunds',
  'issue-documents',
  'tell-moved',
  'tell-seats-changed',
  'remind-buyers',
  'score-orders',
  'score-earlier-orders',
  'make-export',
  'rehearse-sale',
  'make-avif',
] as const satisfies TaskName[];
const afterSaleJobsAtOnce = 8;
/**
 * Refunds that run at once, and then rest together. They rest too, and have a pool of their own, because a provider that does
 * not answer holds every worker of its pool. With a provider that takes 300 ms for a refund, these are 16 refunds a second
 * beside a rush, and 80 without one.
 */
const refundsAtOnce = 24;

/**
 * Runs tasks until stopped, including those of processes that died. `countRequests` counts the requests that this
 * process has answered.
 */
export async function startWorker(
  db: Db,
  handlers: TaskHandlers,
  log: Log,
  countRequests: () => Promise<number> = async () => 0,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const yielding = createYielding(stopping.signal, countRequests);
  const { 'send-order-mails': sendOrderMails, ...others } = handlers;
  const [refunds, notRefunds] = split(others, ['settle-refund']);
  const [afterSale, urgent] = split(notRefunds, afterSaleTasks);
  const pools = await Promise.all([
    // Fetches and completes many jobs at a time, so that a webhook's job costs less than its webhook.
    keepPool(db, urgent, log, { concurrency: 24, localQueue: { size: 100 }, completeJobBatchDelay: 20 }),
    // With a queue of its own a pool asks for jobs once each second. Without it each of its workers would.
    keepPool(db, afterRest(yielding, afterSale), log, {
      concurrency: afterSaleJobsAtOnce,
      localQueue: { size: afterSaleJobsAtOnce },
      completeJobBatchDelay: 20,
    }),
    keepPool(db, afterRest(yielding, refunds), log, {
      concurrency: refundsAtOnce,
      localQueue: { size: refundsAtOnce },
      completeJobBatchDelay: 20,
    }),
    // Mails take as long as many holds, so they pause while buyers need the thread.
    keepPool(
      db,
      sendOrderMails ? { 'send-order-mails': (mails) => yielding.run(() => sendOrderMails(mails)) } : {},
      log,
      {
        concurrency: mailJobsAtOnce,
        completeJobBatchDelay: 0,
        openTurns: () => createTurns({ db, task: 'send-order-mails', pollMs, mayStart: yielding.mayStart }),
      },
    ),
  ]);
  let foundDead: string[] = [];
  async function look(): Promise<void> {
    try {
      if (foundDead.length > 0) await db.run(takeFromTheDead, [foundDead]);
      foundDead = (await db.query<{ name: string }>(findTheDead)).map(({ name }) => name);
      await Promise.all(pools.map((pool) => pool.look()));
    } catch (error) {
      foundDead = [];
      throw error;
    }
  }
  const looking = repeat(look, {
    everyMs: lookEveryMs,
    log,
    failed: 'abandoned jobs could not be returned to the queue; the worker tries again',
  });
  return {
    async stop() {
      const looked = looking.stop();
      stopping.abort();
      await looked;
      await Promise.all(pools.map((pool) => pool.stop()));
    },
  };
}

/** The handlers of these tasks, and the handlers of all others. */
function split(
  handlers: TaskHandlers,
  names: readonly TaskName[],
): [those: TaskHandlers, others: TaskHandlers] {
  const all = Object.entries(handlers);
  const isNamed = ([name]: [string, unknown]) => names.includes(name as TaskName);
  return [Object.fromEntries(all.filter(isNamed)), Object.fromEntries(all.filter((each) => !isNamed(each)))];
}

const afterRest = (yielding: Yielding, handlers: TaskHandlers): TaskHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      (payload: unknown) => yielding.runAfterRest(() => wholeOf(handle(payload as never))),
    ]),
  );

/** Waits for each item of a job's list too, so that the job's time is the time of all of them. */
async function wholeOf<R>(result: R): Promise<Awaited<R>> {
  const items = await result;
  if (Array.isArray(items)) await Promise.allSettled(items);
  return items;
}

/** A pool of workers that is replaced when it gives up. */
interface KeptPool {
  /** Shows that the pool is alive, and returns jobs that it fetched but never received. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface PoolSettings {
  concurrency: number;
  localQueue?: { size: number };
  completeJobBatchDelay: number;
  openTurns?: () => Turns;
}

const restartAfterMs = 500;
/** How long a pool's own shutdown may take. After that it may be waiting for ever. */
const shutdownWithinMs = 5000;

/**
 * Runs a pool and replaces it when it gives up. A pool gives up when it can't record a finished job, and may then not
 * even end. The new pool takes over its jobs in time. A pool does not notice that the database is unavailable
 * (patient-pool.ts).
 */
async function keepPool(db: Db, handlers: TaskHandlers, log: Log, settings: PoolSettings): Promise<KeptPool> {
  let stopped = false;
  let pool: WorkingPool | null = await runPool(db, handlers, log, settings);
  const kept = (async () => {
    while (!stopped) {
      await pool?.over;
      if (stopped) return;
      log.warn('a pool of workers has given up, and another takes its place');
      await wait(restartAfterMs);
      pool = await runPool(db, handlers, log, settings).catch(() => null);
    }
    await pool?.runner.stop().catch(() => {});
  })();
  return {
    look: async () => pool?.look(),
    async stop() {
      stopped = true;
      // Running jobs are recorded first, as long as the database answers.
      setTimeout(() => pool?.loseHeart(), shutdownWithinMs).unref();
      // A pool that has just given up has nothing to stop.
      await pool?.runner.stop().catch(() => {});
      await kept;
    },
  };
}

/**
 * Jobs that run by the clock (in UTC): the task, its maximum attempts, and when. A process that dies takes one attempt with
 * it. A job with only one would then count as given up, which calls a person.
 */
export const timetable = [
  { task: 'reconcile-payments', max: 3, at: '* * * * *' },
  { task: 'reconcile-returns', max: 3, at: '17 * * * *' },
  { task: 'forget-expired', max: 3, at: '30 3 * * *' },
  { task: 'forget-old', max: 3, at: '0 4 * * *' },
  { task: 'audit-books', max: 3, at: '0 2 * * *' },
  { task: 'pay-out-due', max: 3, at: '0 5 * * *' },
  { task: 'expire-gift-cards', max: 3, at: '10 4 * * *' },
  { task: 'forget-clocks', max: 3, at: '*/10 * * * *' },
  { task: 'expire-transfers', max: 3, at: '*/5 * * * *' },
  { task: 'end-resales', max: 3, at: '* * * * *' },
  { task: 'settle-passes', max: 3, at: '* * * * *' },
  { task: 'end-order-reviews', max: 3, at: '* * * * *' },
  { task: 'order-exports', max: 3, at: '* * * * *' },
  { task: 'remind-of-events', max: 3, at: '*/10 * * * *' },
] satisfies { task: TaskName; max: number; at: string }[];

const crontabOf = (handlers: TaskHandlers): string =>
  timetable
    .filter(({ task }) => task in handlers)
    .map(({ task, max, at }) => `${at} ${task} ?max=${max}`)
    .join('\n');

interface WorkingPool {
  runner: Runner;
  look(): Promise<void>;
  loseHeart(): void;
  /** Resolves when the pool has ended. */
  over: Promise<void>;
}

type LocalQueue = WorkerEventMap['localQueue:init']['localQueue'];

/**
 * Gives back the jobs that no worker has begun, as graphile-worker does itself after a while. If there are any, its shutdown (0.17.3)
 * throws "Cannot background something when the queue is already released", and does not wait until they are back.
 */
function giveBackJobs(localQueue: LocalQueue | null): void {
  const queue = localQueue as unknown as { mode: string; setModeTtlExpired(): void } | null;
  if (queue?.mode === 'WAITING') queue.setModeTtlExpired();
}

async function runPool(
  db: Db,
  handlers: TaskHandlers,
  log: Log,
  settings: PoolSettings,
): Promise<WorkingPool> {
  const { concurrency, openTurns, ...batching } = settings;
  const turns = openTurns?.();
  const events: WorkerEvents = new EventEmitter();
  const over = Promise.withResolvers<void>();
  let listener: PoolClient | null = null;
  let saidAlive = false;
  let lives = true;
  // As text: `pg` reads 8-byte numbers as numbers here, while graphile-worker declares them as text.
  const heardOf = new Set<string>();
  let poolId = '';
  events.on('pool:create', ({ workerPool }) => {
    poolId = workerPool.id;
  });
  events.on('localQueue:getJobs:complete', ({ jobs }) => {
    for (const { id } of jobs) heardOf.add(String(id));
  });
  events.on('job:start', ({ job }) => {
    heardOf.add(String(job.id));
    turns?.took(job.flags as Record<string, true> | null);
  });
  events.on('worker:getJob:empty', () => turns?.foundNone());
  events.on('worker:getJob:error', () => turns?.foundNone());
  const sayDead = () => listener?.query('select pg_advisory_unlock_all()').catch(() => {});
  async function say(): Promise<void> {
    if (!lives || saidAlive || !listener) return;
    const saidBy = listener;
    const { rows } = await listener.query<{ said: boolean }>(sayAlive, [poolId]);
    if (listener === saidBy) saidAlive = rows[0]?.said ?? false;
  }
  events.on('pool:listen:success', ({ client }) => {
    listener = client;
    saidAlive = false;
    say().catch((error) =>
      log.warn({ err: error }, 'the worker could not take the lock that shows that it is alive'),
    );
  });
  events.on('pool:listen:release', () => {
    listener = null;
  });
  let localQueue: LocalQueue | null = null;
  events.on('localQueue:init', (opened) => {
    localQueue = opened.localQueue;
  });
  events.on('pool:gracefulShutdown', () => {
    giveBackJobs(localQueue);
    lives = false;
    turns?.stop();
    setTimeout(() => {
      sayDead();
      over.resolve();
    }, shutdownWithinMs).unref();
  });
  const patient = createPatientPool({
    pool: db.pool,
    // Its lock may be asked for while graphile-worker begins or ends to listen.
    openListener: () => db.openListener('admit worker'),
    onTrouble: (error) => log.warn({ err: error }, 'jobs wait for the database'),
  });
  const runner = await run({
    events,
    pgPool: patient.pool,
    taskList: toTaskList(handlers),
    crontab: crontabOf(handlers),
    ...(turns && { forbiddenFlags: turns.mustWait }),
    // Records finished and failed jobs in batches. A rejected write of a single record would be unhandled and end the
    // process.
    preset: { worker: { concurrentJobs: concurrency, failJobBatchDelay: 0, ...batching } },
    pollInterval: pollMs,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error') log.warn({ ...meta }, message);
    }),
  });
  runner.promise.then(over.resolve, over.resolve);
  return {
    runner,
    over: over.promise,
    loseHeart: patient.loseHeart,
    async look() {
      await say();
      const heard = [...heardOf];
      const own = await db.query<{ id: string }>(takeUnheard, [poolId, heard]);
      const still = new Set(own.map(({ id }) => id));
      for (const id of heard) if (!still.has(id)) heardOf.delete(id);
    },
  };
}

/** Runs every due job, then returns: for tests and the command line. */
export function runDueJobs(db: Db, handlers: TaskHandlers): Promise<void> {
  return runOnce({
    pgPool: db.pool,
    taskList: toTaskList(handlers),
    // Records batched results before the run ends.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
}

const toTaskList = (handlers: TaskHandlers) =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [name, (payload: unknown) => handle(payload as never)]),
  );
