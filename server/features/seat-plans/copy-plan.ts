import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { keepPlanPictures } from '../pictures/keep-for-plan.ts';
import { findSeatMapId } from '../seating/find-seat-map-id.ts';
import { picturesOf } from './drawing.ts';
import { findDrawing, markApplied, saveDrawing } from './store.ts';

interface PlanCopy {
  from: EventId;
  to: EventId;
  organisationId: OrganisationId;
  savedBy: string;
}

/**
 * Gives a copied event the drawing of the original with its pictures, after the copy has its seat map. A drawing that the seat map of
 * the original was compiled from counts as applied in the copy.
 */
export async function copyPlan(
  app: Pick<App, 'clock'>,
  trx: Transaction,
  { from, to, organisationId, savedBy }: PlanCopy,
): Promise<void> {
  const drawing = await findDrawing(trx, from);
  if (!drawing) return;
  const [fromMap, toMap] = await Promise.all([findSeatMapId(trx, from), findSeatMapId(trx, to)]);
  const { document } = drawing;
  const isOfMap = drawing.mapId === fromMap;
  await keepPlanPictures(trx, picturesOf(document), organisationId, { eventId: to });
  const mapId = isOfMap ? toMap : null;
  await saveDrawing(trx, to, { version: 1, document, mapId, savedAt: app.clock.now(), savedBy });
  if (isOfMap && drawing.appliedVersion === drawing.version) await markApplied(trx, to, toMap);
}
