import type { EventSummary } from '../../../contract/events.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { toSummary } from './event.ts';
import { withSale } from './read-events.ts';
import { selectEventsOfOrganisation } from './store.ts';

/** Lists all events of an organisation, newest first. */
export async function listOrganisationEvents(
  app: App,
  call: Pick<Call<{ organisationId: OrganisationId }>, 'params'>,
): Promise<{ items: (EventSummary & { version: number })[] }> {
  const rows = await selectEventsOfOrganisation(app.db, call.params.organisationId);
  const now = app.clock.now();
  const events = await withSale(app.db, rows, now);
  return { items: events.map((event) => ({ ...toSummary(event, now), version: event.row.version })) };
}
