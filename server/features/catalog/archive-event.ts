import { Refused } from '../../../contract/errors.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { once } from '../../http/idempotency.ts';
import { statusAt } from './event.ts';
import { readManaged } from './get-managed-event.ts';
import { lockVersion } from './lock-version.ts';
import { deleteSchedule } from './preparation-store.ts';
import type { PublicationCall } from './publish-event.ts';
import { updateEventRow } from './store.ts';

/**
 * Archives an event, and cancels its scheduled publication. Throws Refused('event_on_sale') while it is published and not over. An
 * archived event is returned unchanged.
 */
export const archiveEvent = (app: App, call: PublicationCall): Promise<ManagedEvent> =>
  setArchived(app, call, true);

export const unarchiveEvent = (app: App, call: PublicationCall): Promise<ManagedEvent> =>
  setArchived(app, call, false);

function setArchived(app: App, call: PublicationCall, archived: boolean): Promise<ManagedEvent> {
  const { eventId } = call.params;
  return once(app, call, async (trx) => {
    const row = await lockVersion(trx, eventId, call.ifMatch);
    if ((row.archived_at !== null) === archived) return readManaged(app, trx, eventId);
    const now = app.clock.now();
    if (archived && statusAt(row, now) === 'published') throw new Refused('event_on_sale');
    if (archived) await deleteSchedule(trx, eventId);
    await updateEventRow(trx, {
      ...row,
      version: row.version + 1,
      archived_at: archived ? now : null,
    });
    noteAct(app, trx, call, {
      act: archived ? 'event.archived' : 'event.unarchived',
      organisationId: row.organisation_id,
      subject: { type: 'event', id: row.id, title: row.title },
      before: { archivedAt: row.archived_at?.toISOString() ?? null },
      after: { archivedAt: archived ? now.toISOString() : null },
    });
    return readManaged(app, trx, eventId);
  });
}
