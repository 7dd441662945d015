import type { ManagedEvent } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { once } from '../../http/idempotency.ts';
import { changeListed } from './change-listed.ts';
import { readManaged } from './get-managed-event.ts';
import { lockVersion } from './lock-version.ts';
import type { PublicationCall } from './publish-event.ts';
import { updateEventRow } from './store.ts';

/**
 * Takes an event off the public list and off sale. Tickets stay valid, and holds can still be paid. An event that is
 * not published is returned unchanged.
 */
export function unpublishEvent(app: App, call: PublicationCall): Promise<ManagedEvent> {
  const change = () =>
    once(app, call, async (trx) => {
      const row = await lockVersion(trx, call.params.eventId, call.ifMatch);
      if (row.status === 'published') {
        await updateEventRow(trx, { ...row, status: 'draft', version: row.version + 1 });
        noteAct(app, trx, call, {
          act: 'event.unpublished',
          organisationId: row.organisation_id,
          subject: { type: 'event', id: row.id, title: row.title },
          before: { status: row.status },
          after: { status: 'draft' },
        });
      }
      return readManaged(app, trx, row.id);
    });
  return changeListed(app, call.params.eventId, change);
}
