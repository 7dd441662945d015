import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { ModerationDecision, OrganisationStanding } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { writeJobs } from '../../work/jobs.ts';
import { followStanding } from '../catalog/follow-standing.ts';
import { changeStanding, type Standing, showStanding } from '../organisations/standing.ts';
import type { Reasons } from './dismiss-reports.ts';
import { followStandingJob, mailsToTeam } from './mails.ts';
import { type DecisionRow, showDecision } from './moderation.ts';
import { findDecision, insertDecision } from './store.ts';

type OrganisationCall<Body = undefined> = Call<{ organisationId: OrganisationId }, undefined, Body, 'admin'>;

/**
 * Suspends an organisation. Publications and payouts are refused from the commit on. The sales end in a job, and before the answer.
 */
export async function suspendOrganisation(
  app: App,
  call: OrganisationCall<Reasons>,
): Promise<ModerationDecision> {
  const { organisationId } = call.params;
  const shown = await once(app, call, async (trx) => {
    const now = app.clock.now();
    const id = app.newId('moderationDecision');
    const { after } = await changeStanding(trx, organisationId, (row) => {
      if (row.suspendedAt) throw new Refused('organisation_suspended');
      return { ...row, suspendedAt: now, suspendedBy: id };
    });
    const decision: DecisionRow = {
      id,
      kind: 'organisation_suspended',
      eventId: null,
      organisationId,
      title: after.name,
      ...call.body,
      refund: null,
      decidedBy: call.caller.userId,
      decidedAt: now,
    };
    insertDecision(trx, decision);
    const told = { news: 'suspended', decision, canAppeal: true, cause: id } as const;
    writeJobs(trx, [followStandingJob(organisationId), ...(await mailsToTeam(app, trx, told))]);
    note(app, trx, call, after, 'organisation.suspended', {
      before: { suspended: false },
      after: { suspended: true, reason: decision.statement },
    });
    return showDecision(decision);
  });
  await followStanding(app, { organisationId });
  return shown;
}

/** Lifts a suspension. The sales that it stopped go on. */
export async function liftSuspension(app: App, call: OrganisationCall): Promise<OrganisationStanding> {
  const { organisationId } = call.params;
  const shown = await once(app, call, (trx) => lift(app, trx, call, organisationId, null));
  await followStanding(app, { organisationId });
  return shown;
}

/** The part of it in the caller's transaction. `answer` is the answer to an appeal. */
export async function lift(
  app: App,
  trx: Transaction,
  by: ActBy,
  organisationId: OrganisationId,
  answer: string | null,
): Promise<OrganisationStanding> {
  const { before, after } = await changeStanding(trx, organisationId, (row) => {
    if (!row.suspendedAt) throw new Refused('organisation_not_suspended');
    return { ...row, suspendedAt: null, suspendedBy: null };
  });
  const decision = before.suspendedBy && (await findDecision(trx, before.suspendedBy));
  writeJobs(trx, [
    followStandingJob(organisationId),
    ...(decision
      ? await mailsToTeam(app, trx, {
          news: 'lifted',
          decision,
          answer,
          canAppeal: false,
          cause: decision.id,
        })
      : []),
  ]);
  note(app, trx, by, after, 'organisation.suspension_lifted', {
    before: { suspended: true },
    after: { suspended: false },
  });
  return showStanding(after);
}

/** Holds the payouts of an organisation. Another reason replaces the first; the time stays. */
export const holdPayouts = (
  app: App,
  call: OrganisationCall<{ reason: string }>,
): Promise<OrganisationStanding> =>
  once(app, call, async (trx) => {
    const { reason } = call.body;
    const { before, after } = await changeStanding(trx, call.params.organisationId, (row) => ({
      ...row,
      payoutsHeldAt: row.payoutsHeldAt ?? app.clock.now(),
      payoutsHeldFor: reason,
    }));
    note(app, trx, call, after, 'payouts.held', { before: holdOf(before), after: holdOf(after) });
    return showStanding(after);
  });

export const releasePayouts = (app: App, call: OrganisationCall): Promise<OrganisationStanding> =>
  once(app, call, async (trx) => {
    const { before, after } = await changeStanding(trx, call.params.organisationId, (row) => ({
      ...row,
      payoutsHeldAt: null,
      payoutsHeldFor: null,
    }));
    note(app, trx, call, after, 'payouts.released', { before: holdOf(before), after: holdOf(after) });
    return showStanding(after);
  });

const holdOf = ({ payoutsHeldAt, payoutsHeldFor }: Standing) => ({
  state: payoutsHeldAt ? 'held' : 'paid',
  reason: payoutsHeldFor,
});

function note(
  app: App,
  trx: Transaction,
  by: ActBy,
  { id, name }: Standing,
  act: 'organisation.suspended' | 'organisation.suspension_lifted' | 'payouts.held' | 'payouts.released',
  states: { before: Record<string, unknown>; after: Record<string, unknown> },
): void {
  noteAct(app, trx, by, {
    act,
    organisationId: null,
    subject: { type: 'organisation', id, title: name },
    ...states,
  });
}
