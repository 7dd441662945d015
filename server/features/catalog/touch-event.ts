import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { type EventRow, lockEvent, updateEventRow } from './store.ts';

/**
 * Locks an event for another feature that changes a part of its sale, and raises the version of the event. So every process
 * reads its sale again, and a ledger batch that was decided with the earlier one fails and is decided again.
 */
export async function touchEvent(trx: Transaction, eventId: EventId): Promise<EventRow> {
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  await updateEventRow(trx, { ...row, version: row.version + 1 });
  return row;
}
