import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { type EventRow, lockEvent } from './store.ts';

/**
 * Locks an event for a change by someone who saw `version` of it. Of two editors who saw the same version,
 * one gets through; the other is told which version there is now, and so can look at what changed.
 */
export async function lockVersion(trx: Transaction, eventId: EventId, version: number): Promise<EventRow> {
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  if (row.version !== version) throw new Refused('version_mismatch', { version: row.version });
  return row;
}
