import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { findSeatMapId } from '../seating/find-seat-map-id.ts';
import { copyDrawing, copyDrawingPictures, findDrawingSize } from './store.ts';

interface PlanCopy {
  from: EventId;
  to: EventId;
  savedBy: string;
}

/**
 * Gives a copied event the drawing of the original with its pictures, after the copy has its seat map. A drawing that the seat map of
 * the original was compiled from counts as applied in the copy.
 */
export async function copyPlan(
  app: Pick<App, 'clock'>,
  trx: Transaction,
  { from, to, savedBy }: PlanCopy,
): Promise<void> {
  const [fromMap, toMap] = await Promise.all([findSeatMapId(trx, from), findSeatMapId(trx, to)]);
  const copied = await copyDrawing(trx, { from, to, fromMap, toMap, savedAt: app.clock.now(), savedBy });
  if (copied > 0) await copyDrawingPictures(trx, from, to);
}

/** How many bytes each copy of the event's drawing takes in the database. */
export const planBytesOf = (db: Queryable, eventId: EventId): Promise<number> => findDrawingSize(db, eventId);
