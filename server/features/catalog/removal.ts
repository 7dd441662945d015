import { Refused } from '../../../contract/errors.ts';
import type { DecisionId, EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { deleteSchedule } from './preparation-store.ts';
import { putRemoval, type RemovalRow, selectRemoval } from './removal-store.ts';
import { type EventRow, lockEvent, updateEventRow } from './store.ts';

/**
 * Removes an event from the platform: it gets the status of a draft, which the public does not see and the ledger does not sell, or
 * stays cancelled. Tickets stay as they are. Throws Refused('event_removed') if it is removed.
 */
export async function markRemoved(
  app: App,
  trx: Transaction,
  by: ActBy,
  removal: { eventId: EventId; decisionId: DecisionId; statement: string; refund: 'full' | 'none' },
): Promise<EventRow> {
  const { eventId, decisionId, statement, refund } = removal;
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  if (await selectRemoval(trx, eventId)) throw new Refused('event_removed');
  const status = row.status === 'published' ? 'draft' : row.status;
  await updateEventRow(trx, { ...row, status, version: row.version + 1 });
  await putRemoval(trx, eventId, { removedAt: app.clock.now(), decisionId, from: row.status });
  await deleteSchedule(trx, eventId);
  noteAct(app, trx, by, {
    act: 'event.removed',
    organisationId: null,
    subject: { type: 'event', id: eventId, title: row.title },
    before: { state: row.status },
    after: { state: 'removed', reason: statement, refund },
  });
  return row;
}

/** Puts a removed event back: a published event is published again. Throws Refused('event_not_removed'). */
export async function markRestored(
  app: App,
  trx: Transaction,
  by: ActBy,
  eventId: EventId,
): Promise<{ row: EventRow; decisionId: DecisionId; status: EventRow['status'] }> {
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  const removal = await selectRemoval(trx, eventId);
  if (!removal) throw new Refused('event_not_removed');
  await putRemoval(trx, eventId, null);
  const status = row.status === 'cancelled' ? 'cancelled' : removal.from;
  await updateEventRow(trx, { ...row, status, version: row.version + 1 });
  noteAct(app, trx, by, {
    act: 'event.restored',
    organisationId: null,
    subject: { type: 'event', id: eventId, title: row.title },
    before: { state: 'removed' },
    after: { state: status },
  });
  return { row, decisionId: removal.decisionId, status };
}

/** Throws Refused('event_removed'): the team cannot publish the event. */
export async function refuseRemoved(trx: Transaction, eventId: EventId): Promise<void> {
  if (await selectRemoval(trx, eventId)) throw new Refused('event_removed');
}

export const readRemoval = (db: Queryable, eventId: EventId): Promise<RemovalRow | null> =>
  selectRemoval(db, eventId);
