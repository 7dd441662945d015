import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { refuseCancelled } from './mark-cancelled.ts';
import { type EventRow, lockEvent } from './store.ts';

/** Locks an event for another feature that keeps something beside it. Throws 'not_found' and 'event_cancelled'. */
export async function lockEditable(trx: Transaction, eventId: EventId): Promise<EventRow> {
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  refuseCancelled(row);
  return row;
}
