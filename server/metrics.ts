import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { stripeWebhook } from '../contract/payments.ts';

/** The metrics that /metrics shows. Names follow the Prometheus conventions, and times are in seconds. */
export interface Metrics {
  registry: Registry;
  requests: Counter<'operation' | 'status'>;
  ledgerBatchSize: Histogram;
  ledgerQueueSeconds: Histogram;
  ledgerCommitSeconds: Histogram;
  ledgerQueued: Gauge;
  ledgerGuard: Counter<'constraint'>;
  outboxLagRows: Gauge<'sink'>;
  outboxLagSeconds: Gauge<'sink'>;
  outboxParked: Gauge<'sink'>;
  consumerLag: Gauge<'consumer'>;
  consumerDead: Counter<'consumer'>;
  outboxWriterSeconds: Gauge;
  jobs: Gauge<'state'>;
  jobsLateSeconds: Gauge;
  refusals: Counter<'code'>;
  webhooksIgnored: Counter<'reason'>;
  webhookAgeSeconds: Histogram;
  mailsWithheld: Counter<'kind'>;
  visitsDropped: Counter;
  messagesFailed: Counter<'kind' | 'channel'>;
  databaseConnectionsLost: Counter<'name'>;
  redisFailures: Counter;
  replicaReads: Counter<'server'>;
  replicaLagSeconds: Gauge;
  slowReaders: Counter;
  largeBodyBytes: Gauge;
  queueAdmissions: Counter;
  queueEnded: Counter<'reason'>;
  queueWaitSeconds: Histogram;
  queueRefusals: Counter<'code' | 'reason'>;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
  return {
    registry,
    requests: new Counter({
      name: 'admit_http_requests_total',
      help: 'Answered requests.',
      labelNames: ['operation', 'status'],
      registers,
    }),
    refusals: new Counter({
      name: 'admit_refusals_total',
      help: 'Refusals by code.',
      labelNames: ['code'],
      registers,
    }),
    visitsDropped: new Counter({
      name: 'admit_visits_dropped_total',
      help: 'Views, clicks and origins of orders that were not counted, because too many waited or could not be written.',
      registers,
    }),
    mailsWithheld: new Counter({
      name: 'admit_mails_withheld_total',
      help: 'Mails that were not sent because their recipient had got too many.',
      labelNames: ['kind'],
      registers,
    }),
    messagesFailed: new Counter({
      name: 'admit_messages_failed_total',
      help: 'Messages that were refused for good, or could not be sent for three days.',
      labelNames: ['kind', 'channel'],
      registers,
    }),
    databaseConnectionsLost: new Counter({
      name: 'admit_database_connections_lost_total',
      help: 'Database connections that were lost, or given up because no answer came in time.',
      labelNames: ['name'],
      registers,
    }),
    replicaReads: new Counter({
      name: 'admit_replica_reads_total',
      help: 'Reads that may be a second old, by the server that answered: the replica, or the primary because the replica was away or behind.',
      labelNames: ['server'],
      registers,
    }),
    replicaLagSeconds: new Gauge({
      name: 'admit_replica_lag_seconds',
      help: 'How far the replica is behind the primary.',
      registers,
    }),
    redisFailures: new Counter({
      name: 'admit_redis_failures_total',
      help: 'Questions that Redis did not answer, and lost or refused connections to it.',
      registers,
    }),
    webhooksIgnored: new Counter({
      name: 'admit_webhooks_ignored_total',
      help: 'Webhooks of the other mode (test or live), of another account, of other programs that share the account, or unreadable.',
      labelNames: ['reason'],
      registers,
    }),
    webhookAgeSeconds: new Histogram({
      name: 'admit_webhook_age_seconds',
      help: 'Time between a webhook of the payment provider being made and being handled for the first time.',
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86_400],
      registers,
    }),
    ledgerGuard: new Counter({
      name: 'admit_ledger_guard_total',
      help: 'Commands of ledgers that a constraint of the database refused, such as pool_never_oversold. Each is a defect of Admit; nothing was oversold.',
      labelNames: ['constraint'],
      registers,
    }),
    slowReaders: new Counter({
      name: 'admit_slow_readers_total',
      help: 'Connections closed because the client took longer than RESPONSE_SECONDS to read one answer.',
      registers,
    }),
    largeBodyBytes: new Gauge({
      name: 'admit_large_body_bytes',
      help: 'Bytes of large request bodies in work.',
      registers,
    }),
    queueAdmissions: new Counter({
      name: 'admit_queue_admissions_total',
      help: 'People who were let in from queues, by the keeper of this process.',
      registers,
    }),
    queueEnded: new Counter({
      name: 'admit_queue_ended_total',
      help: 'Places in queues that ended, by reason, in this process.',
      labelNames: ['reason'],
      registers,
    }),
    queueWaitSeconds: new Histogram({
      name: 'admit_queue_wait_seconds',
      help: 'From joining, or from the draw for those who were drawn, until the person was let in.',
      buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1200, 2400, 4800, 9600],
      registers,
    }),
    queueRefusals: new Counter({
      name: 'admit_queue_refusals_total',
      help: 'Refusals not_admitted and proof_required, by their reason.',
      labelNames: ['code', 'reason'],
      registers,
    }),
    ledgerBatchSize: new Histogram({
      name: 'admit_ledger_batch_commands',
      help: 'Commands in one batch of an event ledger.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      registers,
    }),
    ledgerQueueSeconds: new Histogram({
      name: 'admit_ledger_queue_seconds',
      help: 'How long the first command of a batch waited.',
      buckets: seconds,
      registers,
    }),
    ledgerCommitSeconds: new Histogram({
      name: 'admit_ledger_commit_seconds',
      help: 'How long a batch took to decide and commit.',
      buckets: seconds,
      registers,
    }),
    ledgerQueued: new Gauge({
      name: 'admit_ledger_queued_commands',
      help: 'Commands waiting in all ledgers.',
      registers,
    }),
    outboxLagRows: new Gauge({
      name: 'admit_outbox_lag_rows',
      help: 'Messages that a sink has not had yet, counted up to 10,000.',
      labelNames: ['sink'],
      registers,
    }),
    outboxLagSeconds: new Gauge({
      name: 'admit_outbox_lag_seconds',
      help: 'How long the first message has waited that a sink has not had yet.',
      labelNames: ['sink'],
      registers,
    }),
    outboxParked: new Gauge({
      name: 'admit_outbox_parked_messages',
      help: 'Messages that a sink has refused for good and that wait for a person.',
      labelNames: ['sink'],
      registers,
    }),
    consumerLag: new Gauge({
      name: 'admit_consumer_lag_messages',
      help: 'Messages in the partitions of this process that a consumer of Kafka has not had yet.',
      labelNames: ['consumer'],
      registers,
    }),
    consumerDead: new Counter({
      name: 'admit_consumer_dead_messages_total',
      help: 'Messages that a consumer of Kafka could not handle and has put into a dead topic.',
      labelNames: ['consumer'],
      registers,
    }),
    outboxWriterSeconds: new Gauge({
      name: 'admit_outbox_oldest_writer_seconds',
      help: 'Age of the oldest open transaction that has written messages. Every sink waits for it.',
      registers,
    }),
    jobs: new Gauge({
      name: 'admit_jobs',
      help: 'Jobs that wait for a worker (due), and jobs that have failed for the last time (given_up).',
      labelNames: ['state'],
      registers,
    }),
    jobsLateSeconds: new Gauge({
      name: 'admit_jobs_late_seconds',
      help: 'How long the first job has waited that is due and that no worker has taken.',
      registers,
    }),
  };
}

/**
 * How many requests of people this process has answered. The payment provider's webhooks do not count: each refund causes
 * one, and refunds must not pause because of their own webhooks.
 */
export const countRequests = async ({ requests }: Metrics): Promise<number> =>
  (await requests.get()).values.reduce(
    (sum, { labels, value }) => (labels.operation === stripeWebhook.id ? sum : sum + value),
    0,
  );
