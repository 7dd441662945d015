import type { OrganisationId } from '../../../contract/ids.ts';
import type { ListQuery, OrganisationEvent } from '../../../contract/organisation-events.ts';
import { mayIn } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readMembership } from '../organisations/team.ts';
import { toSummary } from './event.ts';
import { withSale } from './read-events.ts';
import { selectEventsOfOrganisation } from './store.ts';

/** Lists an organisation's events that the caller's role counts for, newest first. */
export async function listOrganisationEvents(
  app: App,
  {
    caller,
    params,
    query: { archived },
  }: Pick<
    Call<{ organisationId: OrganisationId }, ListQuery, unknown, 'team'>,
    'params' | 'query' | 'caller'
  >,
): Promise<{ items: OrganisationEvent[] }> {
  const { organisationId } = params;
  const [all, member] = await Promise.all([
    selectEventsOfOrganisation(app.db, organisationId),
    readMembership(app, caller, organisationId),
  ]);
  const rows = all.filter(
    ({ id, archived_at }) =>
      member &&
      mayIn(member, 'events.read', id) &&
      (archived === 'with' || (archived === 'only') === (archived_at !== null)),
  );
  const now = app.clock.now();
  const events = await withSale(app.db, rows, now);
  return {
    items: events.map((event) => ({
      ...toSummary(event, now),
      version: event.row.version,
      undecided: event.row.undecided,
      archivedAt: event.row.archived_at?.toISOString() ?? null,
    })),
  };
}
