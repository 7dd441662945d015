import type { EventId } from '../../../contract/ids.ts';
import type { ImportSource } from '../../../contract/import-fields.ts';
import type { Queryable } from '../../data/db.ts';
import { selectImported } from './imported-store.ts';

/** Which of these orders of another program the event has already, for other features. */
export const readImported = (
  db: Queryable,
  eventId: EventId,
  source: ImportSource,
  externalIds: string[],
): Promise<Set<string>> => selectImported(db, eventId, source, externalIds);
