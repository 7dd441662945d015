import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { type Job, writeJobs } from '../../work/jobs.ts';
import { listMembersWhoMay } from '../organisations/list-members-who-may.ts';
import { decideOutcome } from './decide-outcome.ts';
import {
  type ClaimedDelivery,
  failPending,
  insertAttempt,
  lockAttempt,
  settleDelivery,
} from './delivery-store.ts';
import { auditEndpoint } from './endpoint.ts';
import {
  type DisabledFor,
  type EndpointRow,
  noteFailure,
  noteSuccess,
  updateEndpoint,
} from './endpoint-store.ts';
import type { WebhookAnswer } from './sender.ts';

type Parts = Pick<App, 'db' | 'clock' | 'newId' | 'config'>;

/**
 * Records an attempt, and when the next one is due. An endpoint that answers 410, or to which nothing has come through while a
 * webhook was tried for three days, is switched off, and whoever may manage it gets a mail.
 */
export async function recordAttempt(
  app: Parts,
  delivery: ClaimedDelivery,
  answer: WebhookAnswer,
): Promise<void> {
  const now = app.clock.now();
  const attempts = delivery.attempts + 1;
  const { id, endpointId, since } = delivery;
  const outcome = decideOutcome({ deliveryId: id, attempts, since, answer, now });
  await app.db.transaction(async (trx) => {
    const failing = outcome.is === 'delivered' ? null : await noteFailure(trx, endpointId, now);
    if (outcome.is === 'delivered') await noteSuccess(trx, endpointId, now);
    if (!(await lockAttempt(trx, delivery))) return;
    await insertAttempt(trx, id, now, answer);
    const status = outcome.is === 'again' ? 'pending' : outcome.is;
    const nextAt = outcome.is === 'again' ? outcome.at : null;
    await settleDelivery(trx, { id, status, attempts, nextAt }, now);
    if (outcome.is !== 'failed' || !failing || failing.disabledAt) return;
    if (outcome.isGone) await disable(app, trx, failing, 'gone', now);
    else if (!failing.lastSuccessAt || failing.lastSuccessAt < since)
      await disable(app, trx, failing, 'failures', now);
  });
}

async function disable(
  app: Parts,
  trx: Transaction,
  endpoint: EndpointRow,
  reason: DisabledFor,
  now: Date,
): Promise<void> {
  const disabled = await updateEndpoint(trx, { ...endpoint, disabledAt: now, disabledFor: reason }, false);
  await failPending(trx, endpoint.id, now);
  noteAct(
    app,
    trx,
    { system: 'send-webhooks' },
    {
      act: 'webhook_endpoint.changed',
      organisationId: endpoint.organisationId,
      subject: { type: 'webhook_endpoint', id: endpoint.id, title: endpoint.url },
      before: auditEndpoint(endpoint),
      after: { ...auditEndpoint(disabled), reason },
    },
  );
  writeJobs(trx, await mails(app, trx, endpoint, reason, now));
}

async function mails(
  app: Parts,
  trx: Transaction,
  endpoint: EndpointRow,
  reason: DisabledFor,
  now: Date,
): Promise<Job[]> {
  const { organisationId, id } = endpoint;
  const people = await listMembersWhoMay(trx, 'integrations.manage', organisationId);
  return people.map(({ name, email, language }) => ({
    task: 'send-mail' as const,
    payload: {
      kind: 'webhook-off',
      to: email,
      name,
      url: `${app.config.publicUrl}/organise/webhooks/${id}?org=${organisationId}`,
      language: language ?? 'en',
      endpoint: endpoint.url,
      isGone: reason === 'gone',
      cause: `${id} ${now.toISOString()}`,
    },
  }));
}
