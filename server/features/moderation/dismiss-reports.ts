import { Refused } from '../../../contract/errors.ts';
import type { ReportCaseId } from '../../../contract/ids.ts';
import type { ModerationDecision } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { tellReportersJob } from './mails.ts';
import { type DecisionRow, showDecision } from './moderation.ts';
import { decideCase, insertDecision, lockCase } from './store.ts';

export interface Reasons {
  ground: 'law' | 'terms';
  statement: string;
}

/** Decides that a reported event may stay, and tells everybody who reported it. */
export const dismissReports = (
  app: App,
  call: Call<{ reportCaseId: ReportCaseId }, undefined, Reasons, 'admin'>,
): Promise<ModerationDecision> =>
  once(app, call, async (trx) => {
    const about = await lockCase(trx, call.params.reportCaseId);
    if (!about) throw new Refused('not_found');
    if (about.decisionId) throw new Refused('reports_decided');
    const decision: DecisionRow = {
      id: app.newId('moderationDecision'),
      kind: 'dismissed',
      eventId: about.eventId,
      organisationId: about.organisationId,
      title: about.title,
      ...call.body,
      refund: null,
      decidedBy: call.caller.userId,
      decidedAt: app.clock.now(),
    };
    insertDecision(trx, decision);
    decideCase(trx, about.id, decision.id, decision.decidedAt);
    writeJobs(trx, [tellReportersJob(decision.id)]);
    noteAct(app, trx, call, {
      act: 'report.dismissed',
      organisationId: null,
      subject: { type: 'report', id: about.id, title: about.title },
      before: { state: 'open' },
      after: { state: 'dismissed', reason: decision.statement, count: about.count },
    });
    return showDecision(decision);
  });
