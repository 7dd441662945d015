import type { ReportCaseId } from '../../../contract/ids.ts';
import { mostReportsShown, type ReportCase } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { showDecision } from './moderation.ts';
import {
  selectCases,
  selectDecisions,
  selectEventStates,
  selectFirstReports,
  selectOrganisationNames,
} from './store.ts';

/** Lists reported events. The cursor is the last case shown. */
export async function listReports(
  app: App,
  {
    query: { state, cursor, limit },
  }: Call<
    undefined,
    { state: 'open' | 'decided'; cursor?: ReportCaseId | undefined; limit: number },
    undefined,
    'admin'
  >,
): Promise<{ items: ReportCase[]; nextCursor: ReportCaseId | null }> {
  const rows = await selectCases(app.db, {
    open: state === 'open',
    cursor: cursor ?? null,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const [reports, decisions, organisations, events] = await Promise.all([
    selectFirstReports(
      app.db,
      page.map(({ id }) => id),
      mostReportsShown,
    ),
    selectDecisions(
      app.db,
      page.flatMap(({ decisionId }) => decisionId ?? []),
    ),
    selectOrganisationNames(
      app.db,
      page.map(({ organisationId }) => organisationId),
    ),
    selectEventStates(
      app.db,
      page.map(({ eventId }) => eventId),
    ),
  ]);
  const reportsOf = Map.groupBy(reports, ({ caseId }) => caseId);
  const decisionOf = new Map(decisions.map((row) => [row.id, row]));
  const nameOf = new Map(organisations.map((row) => [row.id, row]));
  const stateOf = new Map(events.map((row) => [row.id, row]));
  return {
    items: page.map((row) => {
      const event = stateOf.get(row.eventId);
      const organisation = nameOf.get(row.organisationId);
      const decision = row.decisionId && decisionOf.get(row.decisionId);
      return {
        id: row.id,
        event: {
          id: row.eventId,
          title: row.title,
          slug: event?.slug ?? null,
          status: event?.status ?? null,
          isRemoved: event?.isRemoved ?? false,
        },
        organisation: {
          id: row.organisationId,
          name: organisation?.name ?? '',
          isSuspended: organisation?.isSuspended ?? false,
        },
        openedAt: row.openedAt.toISOString(),
        count: row.count,
        reports: (reportsOf.get(row.id) ?? []).map(
          ({ id, category, text, place, name, email, reportedAt }) => ({
            id,
            category,
            text,
            place,
            name,
            email,
            reportedAt: reportedAt.toISOString(),
          }),
        ),
        decision: decision ? showDecision(decision) : null,
      };
    }),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
