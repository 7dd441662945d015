import { isDeepStrictEqual } from 'node:util';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { compareSeats, type SeatComparison } from './compare-seats.ts';
import { keepKeys } from './keep-keys.ts';
import { numberSeats } from './number-seats.ts';
import { countSeats, placeName, planSeats, type SeatName } from './seat-plan.ts';
import {
  insertSeatMap,
  markReplaced,
  removeSeatMaps,
  type SeatMapVersion,
  selectLatestSeatMap,
} from './store.ts';

/** What an edit of an event's seat layout changes. */
export interface SeatMapChange {
  eventId: EventId;
  /** The new version; null if the event will have no numbered seats. */
  next: Omit<SeatMapVersion, 'replaced'> | null;
  /** Indexes of the seats that only the current version has, and of those that only the next one has. */
  gone: number[];
  added: number[];
  /** What changes for the seats that both versions have. */
  kept: SeatComparison;
  /** The name of a seat of the current version. */
  nameOf(index: number): SeatName;
  /** True if nobody can have seen or meant a seat of the old versions. Then they are not kept, and indexes begin again at 0. */
  afresh: boolean;
}

const noChange: SeatComparison = { renamed: [], moved: [] };

/** A seat's id has room for this many. */
const mostIndexes = 1_000_000;

/**
 * Finds out what a layout would change, in the transaction that has locked the event; null if the event already has
 * exactly this layout. It compares values and not text, because PostgreSQL stores the keys of JSON in its own order.
 * `isUnseen` says whether nobody has ever seen a seat of the event and nothing means one by its index; it is asked only if the layout
 * differs. Throws Refused('invalid_request') if the event has used up all its indexes.
 */
export async function planSeatMapChange(
  app: Pick<App, 'newId'>,
  trx: Transaction,
  eventId: EventId,
  layout: SeatLayout | null,
  { isUnseen }: { isUnseen: () => Promise<boolean> },
): Promise<SeatMapChange | null> {
  const latest = await selectLatestSeatMap(trx, eventId);
  const present = latest?.replaced ? null : latest;
  if (isDeepStrictEqual(layout, present?.layout ?? null)) return null;
  const plan = present && planSeats(present);
  const before = plan ? plan.rows.flatMap((row) => row.seats) : [];
  const nameOf = (index: number): SeatName =>
    plan ? placeName(plan, index) : { section: '', row: '', seat: '' };
  const afresh = await isUnseen();
  if (!layout) return { eventId, next: null, gone: before, added: [], kept: noChange, nameOf, afresh };
  const { indexes, indexCount } = numberSeats(layout, afresh ? null : latest);
  if (indexCount > mostIndexes) {
    throw new Refused('invalid_request', {
      detail: `This event has had ${mostIndexes} different seats, and can have no more. Make a new event.`,
    });
  }
  const keyed = present && !afresh ? keepKeys(layout, indexes, present) : layout;
  if (isDeepStrictEqual(keyed, present?.layout)) return null;
  return {
    eventId,
    next: {
      id: app.newId('seatMap'),
      eventId,
      version: (latest?.version ?? 0) + 1,
      layout: keyed,
      indexes: indexes.every((index, position) => index === position) ? null : indexes,
      indexCount,
    },
    gone: without(before, indexes),
    added: without(indexes, before),
    // As it was sent: a layout without keys renames no seat.
    kept: present && !afresh ? compareSeats(present, { layout, indexes }) : noChange,
    nameOf,
    afresh,
  };
}

/** Makes the next version current. Earlier versions stay, because orders name them. */
export async function writeSeatMap(
  app: Pick<App, 'clock'>,
  trx: Transaction,
  { eventId, next, afresh }: SeatMapChange,
): Promise<void> {
  const now = app.clock.now();
  if (afresh) await removeSeatMaps(trx, eventId);
  else await markReplaced(trx, eventId, now);
  if (!next) return;
  await insertSeatMap(trx, { ...next, seatCount: countSeats(next.layout) }, now);
}

function without(indexes: number[], others: number[]): number[] {
  const known = new Set(others);
  return indexes.filter((index) => !known.has(index));
}
