import type {
  DecisionId,
  EventId,
  HoldId,
  Id,
  OrderId,
  OrganisationId,
  PaymentId,
  PayoutId,
  PictureId,
  QueueEntryId,
  SeatMapId,
  WaitlistEntryId,
} from '../../contract/ids.ts';
import type { SandboxEvent } from '../adapters/payments/sandbox-store.ts';
import type { Queryable, Writes } from '../data/db.ts';
import type { ConfirmedOrders } from '../features/orders/confirmed-jobs.ts';
import type { PassTasks } from './pass-jobs.ts';

/** Jobs that run later and are retried. Each feature with jobs declares its task's name and payload here. */
interface Tasks extends PassTasks {
  'send-mail': MailPayload;
  'send-order-mails': MailPayload[];
  'send-push': { kind: string; cause: string } & (
    | { orderId: OrderId }
    | { entryId: WaitlistEntryId }
    | { eventId: EventId; queueEntryId: QueueEntryId }
  );
  'tell-turns': { eventId: EventId; after: number; upTo: number; letIn: boolean };
  'mail-order-link': { email: string; number: string; requestId: string };
  'score-orders': ConfirmedOrders;
  'score-earlier-orders': { eventId: EventId };
  'refund-reviewed-order': { eventId: EventId; orderId: OrderId };
  'end-order-reviews': Record<string, never>;
  'tell-order-reviews': { eventId: EventId };
  'tell-reporters': { decisionId: DecisionId };
  'follow-standing': { organisationId: OrganisationId };
  'publish-scheduled': { eventId: EventId; at: string };
  'make-avif': { pictureId: PictureId };
  'rehearse-sale': { rehearsalId: Id<'rehearsal'> };
  'deliver-sandbox-webhooks': SandboxEvent[];
  /** Webhooks about refunds. Unlike those about payments they may wait while buyers need the thread. */
  'deliver-sandbox-refunds': SandboxEvent[];
  'cancel-payment': { paymentId: PaymentId; eventId: EventId };
  'settle-refund': { refundId: string };
  /** All money of an order has come by bank transfer. */
  'pay-by-transfer': { orderId: OrderId };
  'issue-documents': { eventId: EventId; orderIds: OrderId[] };
  'refund-unmatched': { moneyReviewId: Id<'moneyReview'> };
  'pay-out-due': Record<string, never>;
  'begin-payouts': { organisationId: OrganisationId };
  'sum-payouts': { organisationId: OrganisationId };
  'settle-payout': { payoutId: PayoutId };
  'follow-payout-account': { accountRef: string };
  'reconcile-payments': Record<string, never>;
  'reconcile-returns': Record<string, never>;
  'forget-expired': Record<string, never>;
  'forget-old': Record<string, never>;
  'audit-books': Record<string, never>;
  'order-exports': Record<string, never>;
  'make-export': { scheduleId: Id<'exportSchedule'>; dueAt: string };
  'count-figures': { eventId: EventId };
  'forget-clocks': Record<string, never>;
  'expire-gift-cards': Record<string, never>;
  'cancel-orders': { eventId: EventId };
  'tell-moved': { eventId: EventId };
  'tell-seats-changed': { eventId: EventId; mapId: SeatMapId };
  'send-broadcast': { broadcastId: Id<'broadcast'> };
  'send-sms': { kind: string; cause: string } & ({ orderId: OrderId } | { entryId: WaitlistEntryId });
  'remind-of-events': Record<string, never>;
  'remind-buyers': { eventId: EventId; hoursAhead: number };
  'expire-transfers': Record<string, never>;
  'end-resales': Record<string, never>;
  'free-owed-places': { eventId: EventId; holdId: HoldId };
  'settle-pass': { passId: EventId };
  'settle-passes': Record<string, never>;
  'finish-pass-change': { passId: EventId; turn: number };
}
/** The payload of a mail. mail-job.ts lists the kinds. */
interface MailPayload {
  kind: string;
  [key: string]: unknown;
}
export type TaskName = keyof Tasks;

export interface Job<T extends TaskName = TaskName> {
  task: T;
  payload: Tasks[T];
  /** A second job with the same key replaces the first if that one has not run yet. */
  key?: string;
  /** The earliest time to run. */
  runAt?: Date;
  /** The event whose turn a waiting job is (take-turns.ts). */
  turnOf?: EventId;
  /** Maximum number of attempts, with growing pauses between them. 25 take about three days. */
  maxAttempts?: number;
}

/** The job that gives the tickets of a pass their tickets of each date, and ends those of passes that have ended. */
export const settlePassJob = (passId: EventId): Job<'settle-pass'> => ({
  task: 'settle-pass',
  payload: { passId },
  key: `settle-pass:${passId}`,
});

/**
 * Runs one job. For a payload that is a list, the handler returns one promise for each item, and only the failed
 * items are retried.
 */
type TaskHandler<P> = (
  payload: P,
) => P extends unknown[] ? Promise<void>[] | Promise<Promise<void>[]> : Promise<void>;
export type TaskHandlers = { [T in TaskName]?: TaskHandler<Tasks[T]> };

/** Attempts of a job that names no other number, with growing pauses between them: about three days. */
const mostAttempts = 25;

const addJobs = `
  select count(*) from graphile_worker.add_jobs(array(
    select row(task, payload, null, run_at, attempts, job_key, null, case when flag is not null then array[flag] end)::graphile_worker.job_spec
    from unnest($1::text[], $2::json[], $3::timestamptz[], $4::int[], $5::text[], $6::text[])
      as job (task, payload, run_at, attempts, job_key, flag)))`;

/** Enqueues jobs. */
export async function enqueueJobs(db: Queryable, jobs: Job[]): Promise<void> {
  if (jobs.length > 0) await db.query(addJobs, columnsOf(jobs));
}

/** Enqueues jobs together with a transaction's other writes. They exist if it commits. */
export function writeJobs(trx: Writes, jobs: Job[]): void {
  if (jobs.length > 0) trx.write(addJobs, columnsOf(jobs));
}

/**
 * Tasks whose jobs may wait until the worker polls, which is within a second. `add_jobs` takes five statements and a
 * NOTIFY, which wakes every worker and makes commits wait for each other. A ledger's batch should not pay that for
 * its mails and scores.
 */
export const unhurriedTasks = ['send-order-mails', 'score-orders'] as const satisfies TaskName[];

const addUnhurried = `
  insert into graphile_worker._private_jobs (task_id, payload, max_attempts, flags)
  select (select id from graphile_worker._private_tasks where identifier = task), payload, ${mostAttempts},
    jsonb_build_object($3::text, true)
  from unnest($1::text[], $2::json[]) as job (task, payload)`;

/** Enqueues an event's jobs that are not urgent, in one plain statement. migrate.ts registers their tasks. */
export function writeUnhurriedJobs(trx: Writes, eventId: EventId, jobs: UnhurriedJob[]): void {
  if (jobs.length === 0) return;
  trx.write(addUnhurried, [
    jobs.map(({ task }) => task),
    jobs.map(({ payload }) => JSON.stringify(payload)),
    flagOf(eventId),
  ]);
}

type UnhurriedJob = {
  [T in (typeof unhurriedTasks)[number]]: { task: T; payload: Tasks[T] };
}[(typeof unhurriedTasks)[number]];

/** The flag of a job of an event. Events with the same kind of job take turns by it (take-turns.ts). */
const flagOf = (eventId: EventId): string => `of ${eventId}`;

const columnsOf = (jobs: Job[]) => [
  jobs.map((job) => job.task),
  jobs.map((job) => JSON.stringify(job.payload)),
  jobs.map((job) => job.runAt ?? null),
  jobs.map((job) => job.maxAttempts ?? mostAttempts),
  jobs.map((job) => job.key ?? null),
  jobs.map((job) => (job.turnOf ? flagOf(job.turnOf) : null)),
];

// The items of jobs whose payload is a list. A job that is running counts until it ends.
const waitingSql = `
  select coalesce(sum(json_array_length(payload)), 0)::int as count from graphile_worker._private_jobs
  where task_id = (select id from graphile_worker._private_tasks where identifier = $1)
    and flags ? $2 and attempts < max_attempts`;

/** Counts the items of an event's waiting jobs. */
export async function countWaitingItems(
  db: Queryable,
  task: (typeof unhurriedTasks)[number],
  eventId: EventId,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(waitingSql, [task, flagOf(eventId)]);
  return row?.count ?? 0;
}

const failedSql = `
  delete from graphile_worker._private_jobs where id in (
    select id from graphile_worker._private_jobs
    where attempts >= max_attempts and locked_at is null and updated_at < $1
    limit 1000 for update skip locked)`;

/** Deletes up to a thousand jobs whose last attempt failed before an instant. */
export const deleteFailedJobs = (db: Queryable, before: Date): Promise<number> => db.run(failedSql, [before]);

/**
 * The condition that a row of graphile-worker's jobs has had its last attempt, and it failed. graphile-worker replaces a running
 * job by setting its attempts to the maximum. If its process is killed then, it stays so without an error, and nobody need look
 * at it: no job of ours fails so often unsaid.
 */
export const isGivenUp = `attempts >= max_attempts and (last_error is not null or max_attempts < ${mostAttempts})`;

// A locked job is running, so it is not late.
const countSql = `
  select count(*) filter (where attempts < max_attempts and run_at <= now() and locked_at is null)::int as due,
    count(*) filter (where ${isGivenUp})::int as "givenUp",
    coalesce(extract(epoch from now() - min(run_at) filter (where attempts < max_attempts and run_at <= now() and locked_at is null)), 0)::float8
      as "lateSeconds"
  from graphile_worker._private_jobs`;

/** Counts waiting jobs, since when the first of them waits, and jobs whose last attempt failed. */
export async function countJobs(
  db: Queryable,
): Promise<{ due: number; givenUp: number; lateSeconds: number }> {
  const [row] = await db.query<{ due: number; givenUp: number; lateSeconds: number }>(countSql);
  return row ?? { due: 0, givenUp: 0, lateSeconds: 0 };
}

export interface FailedJobRow {
  id: string;
  task: string;
  attempts: number;
  payload: unknown;
  error: string | null;
  createdAt: Date;
  failedAt: Date;
}

const failedColumns = `job.id::text, task.identifier as task, attempts`;
const jobsAndTasks = `graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id`;
const listFailedSql = `
  select ${failedColumns}, payload, last_error as error, job.created_at as "createdAt", job.updated_at as "failedAt"
  from ${jobsAndTasks}
  where ${isGivenUp} and locked_at is null and ($1::bigint is null or job.id < $1::bigint)
  order by job.id desc limit $2`;

/** Lists jobs whose last attempt failed, the latest first; with `before`, only those with smaller ids. */
export const listFailedJobs = (
  db: Queryable,
  { before, limit }: { before: string | null; limit: number },
): Promise<FailedJobRow[]> => db.query(listFailedSql, [before, limit]);

const runAgainSql = `
  update graphile_worker._private_jobs as job
  set attempts = 0, run_at = now(), updated_at = now()
  from graphile_worker._private_tasks as task
  where job.id = $1::bigint and task.id = job.task_id and ${isGivenUp} and locked_at is null
  returning ${failedColumns}`;

/** Makes a failed job due with all its attempts; undefined if no failed job has this id. */
export async function runAgain(trx: Queryable, id: string): Promise<{ task: string } | undefined> {
  const [row] = await trx.query<{ task: string }>(runAgainSql, [id]);
  return row;
}

const findJobSql = `select ${failedColumns} from ${jobsAndTasks} where job.id = $1::bigint`;
/** Finds a job that is not done. */
export async function findJob(db: Queryable, id: string): Promise<{ task: string } | undefined> {
  const [row] = await db.query<{ task: string }>(findJobSql, [id]);
  return row;
}
