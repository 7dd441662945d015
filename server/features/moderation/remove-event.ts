import { Refused } from '../../../contract/errors.ts';
import type { DecisionId, EventId } from '../../../contract/ids.ts';
import type { ModerationDecision } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import type { ActBy } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { markRemoved, markRestored } from '../catalog/removal.ts';
import { beginCancellation } from '../event-changes/cancel-event.ts';
import { closeHolds } from '../inventory/close-holds.ts';
import type { Reasons } from './dismiss-reports.ts';
import { followStandingJob, mailsToTeam, tellReportersJob } from './mails.ts';
import { type DecisionRow, showDecision } from './moderation.ts';
import { decideCase, findDecision, insertDecision, lockOpenCase } from './store.ts';

/**
 * Removes an event with the reasons, in one transaction: its state, the cancellation if its tickets are refunded, the decision about its
 * open reports, and the mails to both sides.
 */
export async function removeEvent(
  app: App,
  call: Call<
    { eventId: EventId },
    undefined,
    Reasons & { refund: 'full' | 'none'; toBuyers?: string | undefined },
    'admin'
  >,
): Promise<ModerationDecision> {
  const { eventId } = call.params;
  const { ground, statement, refund, toBuyers: reason = 'The platform has removed this event.' } = call.body;
  const shown = await once(app, call, async (trx) => {
    const id = app.newId('moderationDecision');
    const row = await markRemoved(app, trx, call, { eventId, decisionId: id, statement, refund });
    if (refund === 'full') await beginCancellation(app, trx, call, eventId, { reason, refund });
    const decision: DecisionRow = {
      id,
      kind: 'event_removed',
      eventId,
      organisationId: row.organisation_id,
      title: row.title,
      ground,
      statement,
      refund,
      decidedBy: call.caller.userId,
      decidedAt: app.clock.now(),
    };
    insertDecision(trx, decision);
    const reported = await lockOpenCase(trx, eventId);
    if (reported) {
      decideCase(trx, reported.id, id, decision.decidedAt);
      writeJobs(trx, [tellReportersJob(id)]);
    }
    const news = refund === 'full' ? 'removedFull' : 'removedNone';
    writeJobs(trx, await mailsToTeam(app, trx, { news, decision, canAppeal: true, cause: id }));
    return showDecision(decision);
  });
  invalidate(app.caches, { kind: 'event_listed', eventId });
  if (refund === 'full') await closeHolds(app, eventId);
  return shown;
}

/** Puts a removed event back, and tells the team. */
export async function restoreEvent(
  app: App,
  call: Call<{ eventId: EventId }, undefined, undefined, 'admin'>,
): Promise<{ id: EventId; status: 'draft' | 'published' | 'cancelled' }> {
  const { eventId } = call.params;
  const restored = await once(app, call, (trx) => restore(app, trx, call, eventId, null));
  invalidate(app.caches, { kind: 'event_listed', eventId });
  return { id: eventId, status: restored.status };
}

/** The part of it in the caller's transaction. `answer` is the answer to an appeal. */
export async function restore(
  app: App,
  trx: Transaction,
  by: ActBy,
  eventId: EventId,
  answer: string | null,
): Promise<{ status: 'draft' | 'published' | 'cancelled'; decisionId: DecisionId }> {
  const { row, decisionId, status } = await markRestored(app, trx, by, eventId);
  const decision = await findDecision(trx, decisionId);
  if (!decision) throw new Refused('event_not_removed');
  const cause = `${decisionId} ${row.version}`;
  writeJobs(trx, [
    ...(await mailsToTeam(app, trx, { news: 'restored', decision, answer, canAppeal: false, cause })),
    // The organisation may be suspended meanwhile.
    followStandingJob(row.organisation_id),
  ]);
  return { status, decisionId };
}
