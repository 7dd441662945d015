import { forgetSandboxPayments } from '../adapters/payments/forget-sandbox.ts';
import type { App } from '../app.ts';
import { systemClock } from '../clock.ts';
import { deleteOldActs, eraseOldOrigins } from '../data/audit-retention.ts';
import { inPortions } from '../data/in-portions.ts';
import { deleteOldMessages } from '../data/outbox-retention.ts';
import { forgetRevocations } from '../features/accounts/forget-revocations.ts';
import { forgetApiKeys } from '../features/api-keys/forget-api-keys.ts';
import { forgetFigures } from '../features/catalog/forget-figures.ts';
import { forgetVisits } from '../features/dashboard/forget-visits.ts';
import { forgetExportFiles } from '../features/exports/forget-export-files.ts';
import { forgetHolds } from '../features/inventory/forget-holds.ts';
import { forgetReports } from '../features/moderation/reports-of-person.ts';
import { forgetMails } from '../features/notifications/forget-mails.ts';
import { forgetScores } from '../features/order-reviews/forget-scores.ts';
import { forgetInvitations } from '../features/organisations/forget-invitations.ts';
import { forgetDevices } from '../features/passes/forget-devices.ts';
import { forgetWebhooks } from '../features/payments/forget-webhooks.ts';
import { forgetPictures } from '../features/pictures/forget-pictures.ts';
import { eraseBuyers } from '../features/purchases/erase-buyers.ts';
import { forgetOwners } from '../features/waiting-room/forget-owners.ts';
import { forgetProofs } from '../features/waiting-room/forget-proofs.ts';
import { forgetWebhooksOut } from '../features/webhooks-out/forget-webhooks.ts';
import { forgetRecords } from './forget-records.ts';
import { deleteFailedJobs } from './jobs.ts';
import { daysBefore, keptDays } from './retention.ts';

/**
 * Deletes and erases what has been kept for long enough (retention.ts). Runs every night, and is safe to repeat. A
 * failed step does not stop the others. The job then fails at the end and is retried.
 */
export async function forgetOld(app: App): Promise<void> {
  const now = app.clock.now();
  const steps: Record<string, () => Promise<unknown>> = {
    messages: () => inPortions(() => deleteOldMessages(app.db, daysBefore(now, keptDays.outboxMessages))),
    auditOrigins: () => inPortions(() => eraseOldOrigins(app.db, daysBefore(now, keptDays.auditOrigins))),
    auditLog: () => inPortions(() => deleteOldActs(app.db, daysBefore(now, keptDays.auditLog))),
    webhooks: () => forgetWebhooks(app, now),
    mails: () => forgetMails(app, now),
    jobs: () =>
      // graphile-worker uses the machine's clock.
      inPortions(() => deleteFailedJobs(app.db, daysBefore(systemClock.now(), keptDays.failedJobs))),
    revocations: () => forgetRevocations(app),
    apiKeys: () => forgetApiKeys(app, now),
    webhooksOut: () => forgetWebhooksOut(app, now),
    invitations: () => forgetInvitations(app),
    figures: () => forgetFigures(app, now),
    exportFiles: () => forgetExportFiles(app, now),
    visits: () => forgetVisits(app, now),
    reports: () => forgetReports(app, now),
    scores: () => forgetScores(app, now),
    passDevices: () => forgetDevices(app, now),
    holds: () => forgetHolds(app, now),
    queues: () => forgetOwners(app, now),
    proofs: () => forgetProofs(app, now),
    buyers: () => eraseBuyers(app, now),
    records: () => forgetRecords(app, now),
    pictures: () => forgetPictures(app, now),
    sandbox: () => forgetSandboxPayments(app, now),
  };
  const failed: unknown[] = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      const rows = await step();
      app.log.debug({ step: name, rows }, 'old rows were forgotten');
    } catch (error) {
      app.log.warn({ err: error, step: name }, 'old rows could not be forgotten');
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, 'some old rows could not be forgotten');
}
