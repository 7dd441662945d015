import type { EventId, UserId, WaitlistEntryId } from '../../../contract/ids.ts';
import type { Money } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import { offerIdOf } from './line.ts';
import {
  type EntryRow,
  type ShownRow,
  selectEntriesOf,
  selectEntriesOfEvent,
  selectEntry,
  selectPeopleInLine,
} from './line-store.ts';
import { hasResale } from './resale.ts';
import { findHold } from './store.ts';

export type { EntryRow, ShownRow };

/** Reads one entry of a waitlist; null if there is none. */
export const readEntry = (app: Pick<App, 'db'>, entryId: WaitlistEntryId): Promise<EntryRow | null> =>
  selectEntry(app.db, entryId);

/** Reads what an offer of tickets on resale costs; null if all of its places are free ones. */
export async function readResalePrice(
  app: Pick<App, 'db'>,
  { id, hold_id: holdId }: Pick<EntryRow, 'id' | 'hold_id'>,
): Promise<Money | null> {
  const hold = await findHold(app.db, offerIdOf({ id, holdId }));
  return hold && hasResale(hold) ? { amount: hold.totalMinor, currency: hold.currency } : null;
}

/** Reads the entries of a person, of one event or of all, the latest first; at most 100. */
export const readEntriesOf = (
  app: Pick<App, 'db'>,
  userId: UserId,
  eventId: EventId | null = null,
): Promise<ShownRow[]> => selectEntriesOf(app.db, userId, eventId);

/** Reads the entries of an event in the order of the line, from the number after `after`. */
export const readEntriesOfEvent = (
  app: Pick<App, 'db'>,
  page: { eventId: EventId; after: number; all: boolean; limit: number },
): Promise<ShownRow[]> => selectEntriesOfEvent(app.db, page);

/** Lists who waits for places of an event or has an offer, in the order of the line, from the number after `after`: one entry of each. */
export const listPeopleInLine = (
  db: Queryable,
  page: { eventId: EventId; after: number; limit: number },
): Promise<Pick<EntryRow, 'id' | 'place'>[]> => selectPeopleInLine(db, page);
