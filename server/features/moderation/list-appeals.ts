import type { AppealId, UserId } from '../../../contract/ids.ts';
import type { ModerationAppeal } from '../../../contract/moderation.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { selectAppeals } from './appeals-store.ts';
import { type AppealRow, showDecision } from './moderation.ts';
import { selectDecisions, selectOrganisationNames } from './store.ts';

/** Lists appeals. The cursor is the last one shown. */
export async function listAppeals(
  app: App,
  {
    caller,
    query: { state, cursor, limit },
  }: Call<
    undefined,
    { state: 'open' | 'answered'; cursor?: AppealId | undefined; limit: number },
    undefined,
    'admin'
  >,
): Promise<{ items: ModerationAppeal[]; nextCursor: AppealId | null }> {
  const rows = await selectAppeals(app.db, {
    open: state === 'open',
    cursor: cursor ?? null,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  return {
    items: await showAppeals(app.db, page, caller.userId),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** Appeals as an admin sees them. */
export async function showAppeals(
  db: Queryable,
  rows: AppealRow[],
  admin: UserId,
): Promise<ModerationAppeal[]> {
  const decisions = await selectDecisions(
    db,
    rows.map(({ decisionId }) => decisionId),
  );
  const names = await selectOrganisationNames(
    db,
    decisions.map(({ organisationId }) => organisationId),
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const decisionOf = new Map(decisions.map((row) => [row.id, row]));
  return rows.flatMap(({ id, decisionId, reportId, text, madeAt, outcome, answer }) => {
    const decision = decisionOf.get(decisionId);
    if (!decision) return [];
    const { organisationId } = decision;
    return {
      id,
      by: reportId === '' ? ('organisation' as const) : ('reporter' as const),
      text,
      madeAt: madeAt.toISOString(),
      outcome,
      answer,
      decision: showDecision(decision),
      organisation: { id: organisationId, name: nameOf.get(organisationId) ?? '' },
      decidedByMe: decision.decidedBy === admin,
    };
  });
}
