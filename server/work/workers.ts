import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, type Runner, run, runOnce, type WorkerEvents } from 'graphile-worker';
import type { PoolClient } from 'pg';
import type { Db } from '../data/db.ts';
import { createPatientPool } from '../data/patient-pool.ts';
import type { Log } from '../log.ts';
import type { TaskHandlers, TaskName } from './jobs.ts';
import { createYielding } from './yield-to-requests.ts';

// A job belongs to the process that runs it, and for four hours to one that was killed, unless somebody sees
// to it: then the webhook of a buyer who has just paid would wait until noon. So a process that works holds an
// advisory lock under its pool's name, on the connection by which it listens; whose lock can be had is dead.
// Jobs younger than five seconds may be those of a process that is about to take its lock. When PostgreSQL is started
// again nobody has a lock until they are connected again: who is found dead must still be dead at the next look.
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
// A fetch whose answer was lost, because the connection broke, has taken jobs that its pool never hears of. They
// are those that have the name of a pool which lives and does not know them.
const takeUnheard = `
  with own as (select id from graphile_worker._private_jobs where locked_by = $1),
  freed as (
    update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_by = $1 and id <> all($2::bigint[]) and locked_at < now() - interval '5 seconds')
  select id::text from own`;
const lookEveryMs = 2500;

/** Runs tasks until stopped, those of processes that died included. */
export async function startWorker(
  db: Db,
  handlers: TaskHandlers,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const { 'send-order-mails': sendOrderMails, ...urgent } = handlers;
  const stopping = new AbortController();
  const yielding = createYielding(stopping.signal);
  const pools = await Promise.all([
    // Fetched and completed many at a time: a webhook's job costs less than its webhook.
    keepPool(db, urgent, log, { concurrency: 24, localQueue: { size: 100 }, completeJobBatchDelay: 20 }),
    // A ticket's PDF takes as long as a hundred holds, so PDFs are made one by one, and rest while buyers need the thread.
    keepPool(db, sendOrderMails ? { 'send-order-mails': yielding(sendOrderMails) } : {}, log, {
      concurrency: 1,
      completeJobBatchDelay: 0,
    }),
  ]);
  let foundDead: string[] = [];
  async function look(): Promise<void> {
    try {
      if (foundDead.length > 0) await db.run(takeFromTheDead, [foundDead]);
      foundDead = (await db.query<{ name: string }>(findTheDead)).map(({ name }) => name);
      await Promise.all(pools.map((pool) => pool.look()));
    } catch (error) {
      foundDead = [];
      log.warn({ err: error }, 'jobs that nobody works on are looked for again');
    }
  }
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = null;
    });
  }, lookEveryMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await looking;
      await Promise.all(pools.map((pool) => pool.stop()));
    },
  };
}

/** A pool of workers, or the one that has taken its place. */
interface KeptPool {
  /** Says that the pool lives, and gives back the jobs that were fetched by it and never reached it. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface PoolSettings {
  concurrency: number;
  localQueue?: { size: number };
  completeJobBatchDelay: number;
}

const restartAfterMs = 500;
/** A pool that shuts itself down has this long; after that it may be waiting for ever. */
const shutdownWithinMs = 5000;

/**
 * A pool gives itself up when it can't note what is done, and may not even come to an end then. Another takes its
 * place, and in time its jobs too. That the database is away it does not hear (patient-pool.ts).
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
      // What it is doing is noted first, while there is a database to note it in.
      setTimeout(() => pool?.loseHeart(), shutdownWithinMs).unref();
      // One that has just given up has nothing to stop.
      await pool?.runner.stop().catch(() => {});
      await kept;
    },
  };
}

/** What runs by the clock (in UTC): the task, at most so many tries of it, and when. */
const timetable = [
  { task: 'reconcile-payments', max: 1, at: '* * * * *' },
  { task: 'forget-expired', max: 3, at: '30 3 * * *' },
  { task: 'forget-old', max: 3, at: '0 4 * * *' },
  { task: 'forget-clocks', max: 3, at: '*/10 * * * *' },
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
  /** Resolves when it works no more. */
  over: Promise<void>;
}

async function runPool(
  db: Db,
  handlers: TaskHandlers,
  log: Log,
  settings: PoolSettings,
): Promise<WorkingPool> {
  const { concurrency, ...batching } = settings;
  const events: WorkerEvents = new EventEmitter();
  const over = Promise.withResolvers<void>();
  let listener: PoolClient | null = null;
  let saidAlive = false;
  let lives = true;
  // As text: `pg` reads numbers of 8 bytes as numbers here, and graphile-worker declares them as text.
  const heardOf = new Set<string>();
  let poolId = '';
  events.on('pool:create', ({ workerPool }) => {
    poolId = workerPool.id;
  });
  events.on('localQueue:getJobs:complete', ({ jobs }) => {
    for (const { id } of jobs) heardOf.add(String(id));
  });
  events.on('job:start', ({ job }) => heardOf.add(String(job.id)));
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
    say().catch((error) => log.warn({ err: error }, 'the worker could not say that it lives'));
  });
  events.on('pool:listen:release', () => {
    listener = null;
  });
  events.on('pool:gracefulShutdown', () => {
    lives = false;
    setTimeout(() => {
      sayDead();
      over.resolve();
    }, shutdownWithinMs).unref();
  });
  const patient = createPatientPool({
    pool: db.pool,
    openListener: () => db.openClient('admit worker'),
    onTrouble: (error) => log.warn({ err: error }, 'jobs wait for the database'),
  });
  const runner = await run({
    events,
    pgPool: patient.pool,
    taskList: toTaskList(handlers),
    crontab: crontabOf(handlers),
    // What was done or has failed is noted in batches, because nobody waits for a single note: one that fails
    // would end the process.
    preset: { worker: { concurrentJobs: concurrency, failJobBatchDelay: 0, ...batching } },
    pollInterval: 1000,
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

/** Runs every job that is due, then returns: for tests and the command line. */
export function runDueJobs(db: Db, handlers: TaskHandlers): Promise<void> {
  return runOnce({
    pgPool: db.pool,
    taskList: toTaskList(handlers),
    // What is noted in batches is noted before the run ends.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
}

const toTaskList = (handlers: TaskHandlers) =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [name, (payload: unknown) => handle(payload as never)]),
  );
