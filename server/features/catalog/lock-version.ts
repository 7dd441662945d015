import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { type EventRow, lockEvent } from './store.ts';

/**
 * Locks an event for an edit that is based on `version`. Of two editors with the same version, one succeeds. The
 * other learns the present version and can look at the changes.
 */
export async function lockVersion(trx: Transaction, eventId: EventId, version: number): Promise<EventRow> {
  const row = await lockEvent(trx, eventId);
  if (!row) throw new Refused('not_found');
  if (row.version !== version) throw new Refused('version_mismatch', { version: row.version });
  return row;
}
