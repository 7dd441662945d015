import { isDeepStrictEqual } from 'node:util';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { numberSeats } from './number-seats.ts';
import { countSeats, placeName, planSeats, type SeatName } from './seat-plan.ts';
import {
  insertSeatMap,
  markReplaced,
  removeSeatMaps,
  type SeatMapVersion,
  selectLatestSeatMap,
} from './store.ts';

/** What an edit of an event's seat layout means for its seats. */
export interface SeatMapChange {
  eventId: EventId;
  /** The new version; null where the event is to have no numbered seats. */
  next: Omit<SeatMapVersion, 'replaced'> | null;
  /** Indexes of the seats that the version in force has and the next one has not, and the other way round. */
  gone: number[];
  added: number[];
  /** What a seat of the version in force is called. */
  nameOf(index: number): SeatName;
  /** True while nobody can have seen the event: then its versions are not kept. */
  unseen: boolean;
}

/** A seat's id has room for this many. */
const mostIndexes = 1_000_000;

/**
 * Finds out what a layout would change, in the transaction that has locked the event; null where the event has this very
 * layout. It is compared as it is, not as text: PostgreSQL keeps the keys of JSON in an order of its own. Throws
 * Refused('invalid_request') where the event has used up all its indexes.
 */
export async function planSeatMapChange(
  app: Pick<App, 'newId'>,
  trx: Transaction,
  eventId: EventId,
  layout: SeatLayout | null,
  { unseen }: { unseen: boolean },
): Promise<SeatMapChange | null> {
  const latest = await selectLatestSeatMap(trx, eventId);
  const present = latest?.replaced ? null : latest;
  if (isDeepStrictEqual(layout, present?.layout ?? null)) return null;
  const plan = present && planSeats(present);
  const before = plan ? plan.rows.flatMap((row) => row.seats) : [];
  const nameOf = (index: number): SeatName =>
    plan ? placeName(plan, index) : { section: '', row: '', seat: '' };
  if (!layout) return { eventId, next: null, gone: before, added: [], nameOf, unseen };
  const { indexes, indexCount } = numberSeats(layout, unseen ? null : latest);
  if (indexCount > mostIndexes) {
    throw new Refused('invalid_request', {
      detail: `This event has had ${mostIndexes} different seats, and can have no more. Make a new event.`,
    });
  }
  return {
    eventId,
    next: {
      id: app.newId('seatMap'),
      eventId,
      version: (latest?.version ?? 0) + 1,
      layout,
      indexes: indexes.every((index, position) => index === position) ? null : indexes,
      indexCount,
    },
    gone: without(before, indexes),
    added: without(indexes, before),
    nameOf,
    unseen,
  };
}

/** Makes the next version the one in force. Earlier ones stay, because orders name them. */
export async function writeSeatMap(
  app: Pick<App, 'clock'>,
  trx: Transaction,
  { eventId, next, unseen }: SeatMapChange,
): Promise<void> {
  const now = app.clock.now();
  if (unseen) await removeSeatMaps(trx, eventId);
  else await markReplaced(trx, eventId, now);
  if (!next) return;
  await insertSeatMap(trx, { ...next, seatCount: countSeats(next.layout) }, now);
}

function without(indexes: number[], others: number[]): number[] {
  const known = new Set(others);
  return indexes.filter((index) => !known.has(index));
}
