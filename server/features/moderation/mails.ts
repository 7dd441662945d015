import type { DecisionId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import { sealLink } from '../../seal.ts';
import { enqueueJobs, type Job } from '../../work/jobs.ts';
import type { StatementJob } from '../notifications/mail-job.ts';
import { listMembersWhoMay } from '../organisations/list-members-who-may.ts';
import { appealUntil, type DecisionRow, type ReportRow } from './moderation.ts';
import { findCaseOf, findDecision, selectToTell } from './store.ts';

type ToTeam = 'removedFull' | 'removedNone' | 'suspended' | 'restored' | 'lifted' | 'upheld';
type ToReporter = 'dismissed' | 'acted' | 'reopened' | 'upheld';

type Parts = Pick<App, 'config' | 'seal' | 'moderationLinks'>;

/** Mails to everybody on the team who may edit events: a decision, or the answer to an appeal about it. */
export async function mailsToTeam(
  app: Parts,
  db: Queryable,
  told: {
    news: ToTeam;
    decision: DecisionRow;
    /** The words of the answer to an appeal, in place of those of the decision. Null if there are none. */
    answer?: string | null;
    canAppeal: boolean;
    cause: string;
  },
): Promise<Job[]> {
  const { news, decision, canAppeal, cause } = told;
  const statement = told.answer === undefined ? decision.statement : told.answer;
  const people = await listMembersWhoMay(
    db,
    'events.edit',
    decision.organisationId,
    decision.eventId ?? undefined,
  );
  const url = canAppeal
    ? `${app.config.publicUrl}${app.moderationLinks.pathOf(decision.id, null)}`
    : `${app.config.publicUrl}${decision.eventId ? `/organise/events/${decision.eventId}` : '/organise'}`;
  return people.map(({ name, email, language }) =>
    mail(app, {
      kind: 'moderation-news',
      to: email,
      name,
      language: language ?? 'en',
      url,
      news,
      title: decision.title,
      reasons: statement === null ? null : { ground: decision.ground, statement },
      appealUntil: canAppeal ? appealUntil(decision).toISOString() : null,
      cause: `${cause} ${news}`,
    }),
  );
}

/** A mail to whoever sent a report, if it has an address. */
export function mailToReporter(
  app: Parts,
  told: { news: ToReporter; report: ReportRow; decision: DecisionRow; answer?: string; cause: string },
): Job[] {
  const { news, report, decision, answer, cause } = told;
  if (report.email === null) return [];
  const canAppeal = news === 'dismissed';
  return [
    mail(app, {
      kind: 'report-news',
      to: report.email,
      name: report.name ?? '',
      language: report.language,
      url: `${app.config.publicUrl}${app.moderationLinks.pathOf(decision.id, report.id)}`,
      news,
      title: decision.title,
      reasons: { ground: decision.ground, statement: answer ?? decision.statement },
      appealUntil: canAppeal ? appealUntil(decision).toISOString() : null,
      cause: `${report.id} ${cause}`,
    }),
  ];
}

/** Tells that a report has arrived. */
export const receipt = (app: Parts, report: ReportRow, event: { title: string; slug: string }): Job[] =>
  report.email === null
    ? []
    : [
        mail(app, {
          kind: 'report-news',
          to: report.email,
          name: report.name ?? '',
          language: report.language,
          url: `${app.config.publicUrl}/e/${encodeURIComponent(event.slug)}`,
          news: 'received',
          title: event.title,
          reasons: null,
          appealUntil: null,
          cause: report.id,
        }),
      ];

const mail = (app: Parts, letter: Omit<StatementJob, 'kind'> & { kind: string }): Job<'send-mail'> => ({
  task: 'send-mail',
  payload: sealLink(app.seal, letter),
});

const portion = 100;

/** Tells everybody who reported an event, with an address, what was decided. A mail has a key, so a retry repeats none. */
export async function tellReporters(app: App, { decisionId }: { decisionId: DecisionId }): Promise<void> {
  const [decision, about] = await Promise.all([
    findDecision(app.db, decisionId),
    findCaseOf(app.db, decisionId),
  ]);
  if (!decision || !about) return;
  const news = decision.kind === 'dismissed' ? 'dismissed' : 'acted';
  let after: ReportRow['id'] | null = null;
  for (;;) {
    const reports: ReportRow[] = await selectToTell(app.db, about.id, after, portion);
    await enqueueJobs(
      app.db,
      reports.flatMap((report) => mailToReporter(app, { news, report, decision, cause: decision.id })),
    );
    after = reports.at(-1)?.id ?? null;
    if (reports.length < portion) return;
  }
}

export const tellReportersJob = (decisionId: DecisionId): Job => ({
  task: 'tell-reporters',
  payload: { decisionId },
  key: `tell-reporters:${decisionId}`,
});

export const followStandingJob = (organisationId: OrganisationId): Job => ({
  task: 'follow-standing',
  payload: { organisationId },
});
