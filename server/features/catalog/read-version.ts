import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { selectEvent } from './store.ts';

/** The present version of an event, for other features. Throws 'not_found'. */
export async function readVersion(db: Queryable, eventId: EventId): Promise<number> {
  const row = await selectEvent(db, eventId);
  if (!row) throw new Refused('not_found');
  return row.version;
}
