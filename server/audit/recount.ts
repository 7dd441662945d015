import { Gauge } from 'prom-client';
import type { App } from '../app.ts';
import type { Db } from '../data/db.ts';
import { compareBooks } from '../features/payments/compare-books.ts';
import { writeJobs } from '../work/jobs.ts';
import { audit } from './audit.ts';
import { type AuditRun, lastRun, noteRun, replaceFindings, selectEvents } from './store.ts';

const eventsPerPortion = 200;

/**
 * Recounts every promise from the tables, some events at a time, so that no statement runs for long beside a sale.
 * Returns what is broken. What follows a commit (mails, webhooks) may still be under way and is not checked.
 */
export async function recount(db: Db, now: Date, portion = eventsPerPortion): Promise<string[]> {
  const broken: string[] = [];
  let after = '';
  while (true) {
    const eventIds = await selectEvents(db, after, portion);
    if (eventIds.length === 0) break;
    broken.push(...(await audit(db, { eventIds, settled: false, now })));
    after = eventIds.at(-1) as string;
  }
  // What belongs to no event: the list of unmatched money.
  broken.push(
    ...(await audit(db, {
      settled: false,
      now,
      only: ['money that matches nothing is on the list and in the books'],
    })),
  );
  return broken;
}

/**
 * The nightly job. It recounts the tables, compares the last two days with the provider's books, keeps what it found for
 * the metrics, and raises the alarm: an error in the log and a mail to OPERATIONS_EMAIL.
 */
export async function auditBooks(app: App): Promise<void> {
  const now = app.clock.now();
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 60 * 60_000);
  const findings = [...(await recount(app.db, now)), ...(await compareBooks(app, hoursAgo(50), hoursAgo(1)))];
  await app.db.transaction(async (trx) => {
    replaceFindings(trx, findings, now);
    noteRun(trx, findings.length, now);
    const { operationsEmail } = app.config;
    if (findings.length === 0 || !operationsEmail) return;
    const payload = {
      kind: 'audit',
      to: operationsEmail,
      name: '',
      // Each night causes its own mail.
      url: `${app.config.publicUrl}/metrics#${now.toISOString()}`,
      findings: findings.slice(0, 20),
      count: findings.length,
    };
    writeJobs(trx, [{ task: 'send-mail', payload }]);
  });
  if (findings.length > 0)
    app.log.error(
      { alert: 'audit', findings: findings.slice(0, 20), count: findings.length },
      'the books are wrong, and a person must look at them',
    );
}

/** Gauges of the last recount. Every process reports the same values, so take the maximum and not the sum. */
export function registerAuditMetrics({
  db,
  clock,
  metrics,
  log,
}: Pick<App, 'db' | 'clock' | 'metrics' | 'log'>): void {
  const gauge = (name: string, help: string, read: (run: AuditRun | null) => number) =>
    new Gauge({
      name,
      help,
      registers: [metrics.registry],
      async collect() {
        try {
          this.set(read(await lastRun(db)));
        } catch (error) {
          log.warn({ err: error }, 'the result of the last recount could not be read');
        }
      },
    });
  gauge(
    'admit_audit_findings',
    'What the last recount of the books found broken. It must be 0.',
    (run) => run?.findings ?? 0,
  );
  gauge(
    'admit_audit_age_seconds',
    'The time since the last recount of the books was finished; -1 before the first.',
    (run) => (run ? (clock.now().getTime() - run.finishedAt.getTime()) / 1000 : -1),
  );
}
