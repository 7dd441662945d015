import { Refused } from '../../../contract/errors.ts';
import type { NewCancellation } from '../../../contract/event-cancellations.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { insertEventCancellation } from './cancellation-store.ts';
import { lockEvent, updateEventRow } from './store.ts';

/**
 * Sets an event's status to cancelled for good. From the commit on, the ledger sells no place of it and the door admits
 * none of its tickets. Returns false if the event was already cancelled with the same choice about refunds. Throws
 * Refused('event_cancelled') if it was cancelled with the other choice, and 'event_not_cancellable' if it was never
 * published.
 */
export async function markCancelled(
  app: App,
  trx: Transaction,
  by: ActBy,
  eventId: EventId,
  { reason, refund }: NewCancellation,
): Promise<boolean> {
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  if (row.cancellation) {
    if (row.cancellation.refund === refund) return false;
    const { refund: chosen, cancelledAt } = row.cancellation;
    const choice = chosen === 'full' ? 'with refunds' : 'without refunds';
    throw new Refused('event_cancelled', {
      detail: `This event was already cancelled ${choice} on ${cancelledAt}. That cannot be changed.`,
      cancelledAt,
      refund: chosen,
    });
  }
  if (row.published_at === null) throw new Refused('event_not_cancellable');
  await updateEventRow(trx, { ...row, status: 'cancelled', version: row.version + 1 });
  const now = app.clock.now();
  insertEventCancellation(trx, eventId, { reason, refund }, now);
  enqueueEffects(trx, [{ type: 'admit.event.cancelled.v1', eventId, data: { refund } }], now);
  noteAct(app, trx, by, {
    act: 'event.cancelled',
    organisationId: row.organisation_id,
    subject: { type: 'event', id: row.id, title: row.title },
    before: { status: row.status },
    after: { status: 'cancelled', reason, refund },
  });
  return true;
}

/** Throws Refused('event_cancelled') if the event is cancelled: nobody can edit or publish it again. */
export function refuseCancelled({
  cancellation,
}: {
  cancellation: { cancelledAt: string; refund: 'full' | 'none' } | null;
}): void {
  if (!cancellation) return;
  const { cancelledAt, refund } = cancellation;
  throw new Refused('event_cancelled', { cancelledAt, refund });
}
