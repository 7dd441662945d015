import { Refused } from '../../../contract/errors.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { once } from '../../http/idempotency.ts';
import { statusAt } from './event.ts';
import { readManaged } from './get-managed-event.ts';
import { lockVersion } from './lock-version.ts';
import { deleteSchedule, selectPreparation } from './preparation-store.ts';
import type { PublicationCall } from './publish-event.ts';
import { noteSchedule } from './schedule-publication.ts';
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
    const now = app.clock.now();
    if (archived && statusAt(row, now) === 'published') throw new Refused('event_on_sale');
    const at = archived ? (await selectPreparation(trx, eventId)).publish_at : null;
    // An archived draft may have been given a time since.
    if ((row.archived_at !== null) === archived && !at) return readManaged(app, trx, eventId);
    if (at) {
      await deleteSchedule(trx, eventId);
      noteSchedule(app, trx, { row, by: call, before: at, after: null });
    }
    await updateEventRow(trx, {
      ...row,
      version: row.version + 1,
      archived_at: archived ? (row.archived_at ?? now) : null,
    });
    if ((row.archived_at !== null) === archived) return readManaged(app, trx, eventId);
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
