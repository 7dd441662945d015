import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActBy, type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { refuseSuspended } from '../organisations/standing.ts';
import { changeListed } from './change-listed.ts';
import { saleEndOf } from './event.ts';
import { readManaged } from './get-managed-event.ts';
import { lockVersion } from './lock-version.ts';
import { refuseCancelled } from './mark-cancelled.ts';
import { deleteSchedule, deleteStop, selectPreparation } from './preparation-store.ts';
import { lacksForPublication, offerOfDraft, refuseWhenLacking } from './publishable.ts';
import { readDraft } from './read-draft.ts';
import { refuseRemoved } from './removal.ts';
import { learnWords } from './search-store.ts';
import { type EventRow, updateEventRow } from './store.ts';

export type PublicationCall = Pick<
  Call<{ eventId: EventId }, unknown, unknown, 'team'>,
  'operation' | 'caller' | 'params' | 'retry' | 'ifMatch'
> &
  ActingCall;

/**
 * Publishes an event and puts it on sale. An event that is already published is returned unchanged. Throws
 * Refused('version_mismatch'), 'event_cancelled', 'event_removed', 'organisation_suspended', and 'event_not_publishable' with what is
 * `missing`.
 */
export function publishEvent(app: App, call: PublicationCall): Promise<ManagedEvent> {
  const change = () =>
    once(app, call, async (trx) => {
      const row = await lockVersion(trx, call.params.eventId, call.ifMatch);
      refuseCancelled(row);
      if (row.status === 'draft') {
        const draft = await readDraft(app, trx, row);
        refuseWhenLacking(lacksForPublication(offerOfDraft(draft, row.attendance), app.clock.now()));
        await publish(app, trx, row, call);
      }
      return readManaged(app, trx, row.id);
    });
  return changeListed(app, call.params.eventId, change);
}

/** Publishes a locked draft that lacks nothing. A publication ends the archive, a stop of the sale and a schedule. */
export async function publish(app: App, trx: Transaction, row: EventRow, by: ActBy): Promise<void> {
  await refuseRemoved(trx, row.id);
  await refuseSuspended(trx, row.organisation_id);
  const preparation = await selectPreparation(trx, row.id);
  await updateEventRow(trx, {
    ...row,
    status: 'published',
    version: row.version + 1,
    published_at: row.published_at ?? app.clock.now(),
    sale_ends_at: saleEndOf(row, preparation),
    archived_at: null,
  });
  await deleteStop(trx, row.id);
  await deleteSchedule(trx, row.id);
  noteAct(app, trx, by, {
    act: 'event.published',
    organisationId: row.organisation_id,
    subject: { type: 'event', id: row.id, title: row.title },
    before: { status: row.status },
    after: { status: 'published' },
  });
  const data = { startsAt: row.starts_at.toISOString() };
  enqueueEffects(trx, [{ type: 'admit.event.published.v1', eventId: row.id, data }], app.clock.now());
  await learnWords(trx, row.id);
}
