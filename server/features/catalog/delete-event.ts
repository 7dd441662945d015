import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { invalidate } from '../../caches.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { once } from '../../http/idempotency.ts';
import { deletePlacesOfDraft } from '../inventory/forget-sold.ts';
import { isBoundByPass } from '../sale/passes.ts';
import { eventForAudit } from './event-for-audit.ts';
import { lockVersion } from './lock-version.ts';
import type { PublicationCall } from './publish-event.ts';
import { readDraft } from './read-draft.ts';
import { deleteEventRow } from './store.ts';

/**
 * Deletes a draft and all rows that belong to it, with the codes and blocks that the team prepared. Before its publication nothing can
 * be sold, held or joined, so no row of a buyer names the event. Throws Refused('event_not_deletable') for an event that was ever
 * published, for a date of a pass, and for a pass for which its dates keep places.
 */
export async function deleteEvent(app: App, call: PublicationCall): Promise<undefined> {
  const { eventId } = call.params;
  await once(app, call, async (trx) => {
    const row = await lockVersion(trx, eventId, call.ifMatch);
    if (row.status !== 'draft' || row.published_at !== null) throw new Refused('event_not_deletable');
    if (await isBoundByPass(trx, eventId)) throw new Refused('event_not_deletable');
    const before = eventForAudit(await readDraft(app, trx, row));
    if (!(await deletePlacesOfDraft(trx, eventId))) throw new Refused('event_not_deletable');
    noteAct(app, trx, call, {
      act: 'event.deleted',
      organisationId: row.organisation_id,
      subject: { type: 'event', id: eventId, title: row.title },
      before,
      after: null,
    });
    await deleteEventRow(trx, eventId);
    return null;
  });
  invalidate(app.caches, { kind: 'event_listed', eventId });
  return undefined;
}
