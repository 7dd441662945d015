import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics shows. Names follow the Prometheus conventions; times are in seconds. */
export interface Metrics {
  registry: Registry;
  requests: Counter<'operation' | 'status'>;
  ledgerBatchSize: Histogram;
  ledgerQueueSeconds: Histogram;
  ledgerCommitSeconds: Histogram;
  ledgerQueued: Gauge;
  refusals: Counter<'code'>;
  databaseConnectionsLost: Counter<'name'>;
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
    databaseConnectionsLost: new Counter({
      name: 'admit_database_connections_lost_total',
      help: 'Database connections that were lost, or given up because no answer came in time.',
      labelNames: ['name'],
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
  };
}
