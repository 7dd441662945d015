import { Logger, type Runner, run, runOnce } from 'graphile-worker';
import type { EventId, PaymentId } from '../contract/ids.ts';
import type { SandboxEvent } from './adapters/payments/sandbox-store.ts';
import type { Db, Queryable } from './db.ts';
import type { Log } from './log.ts';

/** Timed and retried work. Each feature that has some declares its task's name and payload here. */
export interface Tasks {
  'send-mail': { kind: string; [key: string]: unknown };
  'deliver-sandbox-webhook': SandboxEvent;
  'cancel-payment': { paymentId: PaymentId; eventId: EventId };
  'settle-refund': { refundId: string };
  'sweep-holds': Record<string, never>;
  'reconcile-payments': Record<string, never>;
}
export type TaskName = keyof Tasks;

export interface Job<T extends TaskName = TaskName> {
  task: T;
  payload: Tasks[T];
  /** A second job with the same key replaces the first while that has not run. */
  key?: string;
  /** Not before this instant. */
  runAt?: Date;
  /** Tries, with growing pauses between them; 25 take about three days. */
  maxAttempts?: number;
}

export type TaskHandlers = { [T in TaskName]?: (payload: Tasks[T]) => Promise<void> };

const addJobs = `
  select count(*) from graphile_worker.add_jobs(array(
    select row(task, payload, null, run_at, attempts, job_key, null, null)::graphile_worker.job_spec
    from unnest($1::text[], $2::json[], $3::timestamptz[], $4::int[], $5::text[])
      as job (task, payload, run_at, attempts, job_key)))`;

/** Enqueues jobs; inside a transaction they exist only if it commits. */
export async function enqueueJobs(db: Queryable, jobs: Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await db.query(addJobs, [
    jobs.map((job) => job.task),
    jobs.map((job) => JSON.stringify(job.payload)),
    jobs.map((job) => job.runAt ?? null),
    jobs.map((job) => job.maxAttempts ?? 25),
    jobs.map((job) => job.key ?? null),
  ]);
}

/** Runs tasks until stopped. `crontab` lines name the tasks that recur. */
export function startWorker(db: Db, handlers: TaskHandlers, log: Log): Promise<Runner> {
  return run({
    pgPool: db.pool,
    taskList: toTaskList(handlers),
    crontab: '* * * * * reconcile-payments ?max=1',
    concurrency: 4,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message, meta) => {
      if (level === 'error') log.warn({ ...meta }, message);
    }),
  });
}

/** Runs every job that is due, then returns: for tests and the command line. */
export function runDueJobs(db: Db, handlers: TaskHandlers): Promise<void> {
  return runOnce({
    pgPool: db.pool,
    taskList: toTaskList(handlers),
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
  });
}

const toTaskList = (handlers: TaskHandlers) =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [name, (payload: unknown) => handle(payload as never)]),
  );
