import { Refused } from '../../../contract/errors.ts';
import type { AppealId } from '../../../contract/ids.ts';
import type { ModerationAppeal } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import { noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { followStanding } from '../catalog/follow-standing.ts';
import { readRemoval } from '../catalog/removal.ts';
import { readStanding } from '../organisations/standing.ts';
import { findAppeal, lockAppeal, writeAnswer } from './appeals-store.ts';
import { showAppeals } from './list-appeals.ts';
import { mailsToTeam, mailToReporter } from './mails.ts';
import type { AppealRow, DecisionRow } from './moderation.ts';
import { restore } from './remove-event.ts';
import { findCaseOf, findDecision, findReport, reopenCase } from './store.ts';
import { lift } from './suspend-organisation.ts';

type AnswerCall = Call<
  { appealId: AppealId },
  undefined,
  { outcome: 'upheld' | 'reversed'; statement: string },
  'admin'
>;

/**
 * Answers an appeal, and undoes the decision if the appeal is right. Throws Refused('appeal_of_own_decision') for the admin who made the
 * decision, and 'appeal_answered' for the second answer.
 */
export async function answerAppeal(app: App, call: AnswerCall): Promise<ModerationAppeal> {
  const { decision, shown } = await once(app, call, async (trx) => {
    const { decision, appeal } = await requireOpen(trx, call);
    const { outcome, statement } = call.body;
    const undone = outcome === 'reversed' && (await undo(app, trx, call, decision, statement));
    writeAnswer(trx, appeal.id, { outcome, statement, by: call.caller.userId, at: app.clock.now() });
    if (!undone || appeal.reportId !== '') await writeMails(app, trx, decision, appeal, call.body);
    noteAct(app, trx, call, {
      act: 'appeal.answered',
      organisationId: null,
      subject: { type: 'appeal', id: appeal.id, title: decision.title },
      before: { state: 'open' },
      after: { state: outcome, reason: statement },
    });
    const answered = await findAppeal(trx, decision.id, appeal.reportId);
    const [shown] = await showAppeals(trx, [answered as AppealRow], call.caller.userId);
    return { decision, shown: shown as ModerationAppeal };
  });
  if (decision.eventId) invalidate(app.caches, { kind: 'event_listed', eventId: decision.eventId });
  else await followStanding(app, { organisationId: decision.organisationId });
  return shown;
}

/** Locks the appeal, before what it is about (docs/locks.md), so that two admins answer one after the other. */
async function requireOpen(
  trx: Transaction,
  { params, caller }: AnswerCall,
): Promise<{ decision: DecisionRow; appeal: AppealRow }> {
  const appeal = await lockAppeal(trx, params.appealId);
  const decision = appeal && (await findDecision(trx, appeal.decisionId));
  if (!decision) throw new Refused('not_found');
  if (decision.decidedBy === caller.userId) throw new Refused('appeal_of_own_decision');
  if (appeal.outcome) throw new Refused('appeal_answered');
  return { decision, appeal };
}

/** False if the decision counts no more, because an admin has undone it already. */
async function undo(
  app: App,
  trx: Transaction,
  call: AnswerCall,
  decision: DecisionRow,
  answer: string,
): Promise<boolean> {
  const { kind, eventId, organisationId } = decision;
  if (kind === 'dismissed') {
    const about = await findCaseOf(trx, decision.id);
    if (about) await reopenCase(trx, about.id);
    return true;
  }
  if (kind === 'event_removed' && eventId) {
    if ((await readRemoval(trx, eventId))?.decisionId !== decision.id) return false;
    await restore(app, trx, call, eventId, answer);
    return true;
  }
  if ((await readStanding(trx, organisationId))?.suspendedBy !== decision.id) return false;
  await lift(app, trx, call, organisationId, answer);
  return true;
}

/** The answer to whoever appealed. The team learns of an undone decision by the mail about it. */
async function writeMails(
  app: App,
  trx: Transaction,
  decision: DecisionRow,
  { id, reportId }: AppealRow,
  { outcome, statement }: AnswerCall['body'],
): Promise<void> {
  if (reportId === '') {
    const told = { news: 'upheld', decision, answer: statement, canAppeal: false, cause: id } as const;
    return writeJobs(trx, await mailsToTeam(app, trx, told));
  }
  const report = await findReport(trx, reportId);
  const news = outcome === 'reversed' ? 'reopened' : 'upheld';
  if (report) writeJobs(trx, mailToReporter(app, { news, report, decision, answer: statement, cause: id }));
}
