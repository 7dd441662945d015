import type { EventSummary } from '../../../contract/events.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
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
  }: Pick<Call<{ organisationId: OrganisationId }, unknown, unknown, 'team'>, 'params' | 'caller'>,
): Promise<{ items: (EventSummary & { version: number })[] }> {
  const { organisationId } = params;
  const [all, member] = await Promise.all([
    selectEventsOfOrganisation(app.db, organisationId),
    readMembership(app, caller, organisationId),
  ]);
  const rows = all.filter(({ id }) => member && mayIn(member, 'events.read', id));
  const now = app.clock.now();
  const events = await withSale(app.db, rows, now);
  return { items: events.map((event) => ({ ...toSummary(event, now), version: event.row.version })) };
}
