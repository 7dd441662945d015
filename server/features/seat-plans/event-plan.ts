import { Refused } from '../../../contract/errors.ts';
import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { SeatPlanDocument } from '../../../contract/plan-fields.ts';
import type { EventPlan, SavedPlan } from '../../../contract/seat-plans.ts';
import { planFromLayout } from '../../../seat-map/read-layout.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { readNames } from '../accounts/read-names.ts';
import { lockEditable } from '../catalog/lock-editable.ts';
import { readVersion } from '../catalog/read-version.ts';
import { keepPlanPictures } from '../pictures/keep-for-plan.ts';
import { findSeatMapId } from '../seating/find-seat-map-id.ts';
import { readKeyedMap } from '../seating/read-layout.ts';
import { emptyPlan, picturesOf } from './drawing.ts';
import { type DrawingRow, findDrawing, lockDrawing, saveDrawing } from './store.ts';

type OfEvent<Query, Body> = Call<{ eventId: EventId }, Query, Body, 'team'>;

/** Returns the drawing of an event. An event without one has a drawing that is read from its seat map. */
export async function getEventSeatPlan(
  app: App,
  { params: { eventId }, query }: Pick<OfEvent<{ from?: 'layout' | undefined }, unknown>, 'params' | 'query'>,
): Promise<EventPlan> {
  const [drawing, eventVersion] = await Promise.all([
    findDrawing(app.db, eventId),
    readVersion(app.db, eventId),
  ]);
  const state = await stateOf(app.db, eventId, drawing);
  const plan = drawing && query.from !== 'layout' ? drawing.document : await readPlan(app.db, eventId);
  return { ...state, plan, eventVersion };
}

async function readPlan(db: Queryable, eventId: EventId): Promise<SeatPlanDocument> {
  const map = await readKeyedMap(db, eventId);
  return map ? planFromLayout(map.layout) : emptyPlan;
}

/**
 * Saves the drawing of an event if its version is still the one that the caller saw. Throws Refused('version_mismatch'), and
 * 'invalid_request' for a picture that the organisation does not have.
 */
export async function saveEventSeatPlan(
  app: App,
  call: OfEvent<unknown, { plan: SeatPlanDocument; seenSeatMapId?: SeatMapId | null | undefined }>,
): Promise<SavedPlan> {
  const { eventId } = call.params;
  const { plan, seenSeatMapId } = call.body;
  return once(app, call, async (trx) => {
    // The event's lock comes first: two members who draw the first version at once are told so.
    const event = await lockEditable(trx, eventId);
    const before = await lockDrawing(trx, eventId);
    const version = before?.version ?? 0;
    if (version !== call.ifMatch) throw new Refused('version_mismatch', version > 0 ? { version } : {});
    await keepPlanPictures(trx, picturesOf(plan), event.organisation_id, { eventId });
    // A seat map that was changed in another way counts only once somebody has seen it.
    const present = await findSeatMapId(trx, eventId);
    const mapId = !before || seenSeatMapId === present ? present : before.mapId;
    const saved = {
      version: version + 1,
      document: plan,
      mapId,
      appliedVersion: before?.appliedVersion ?? null,
      savedAt: app.clock.now(),
      savedBy: call.caller.userId,
    };
    await saveDrawing(trx, eventId, saved);
    return stateOf(trx, eventId, saved);
  });
}

async function stateOf(db: Queryable, eventId: EventId, drawing: DrawingRow | null): Promise<SavedPlan> {
  const [names, seatMapId] = await Promise.all([
    drawing ? readNames(db, [drawing.savedBy]) : new Map<string, string>(),
    findSeatMapId(db, eventId),
  ]);
  if (!drawing)
    return {
      version: 0,
      appliedVersion: null,
      layoutChanged: false,
      seatMapId,
      savedAt: null,
      savedBy: null,
    };
  return {
    version: drawing.version,
    appliedVersion: drawing.appliedVersion,
    layoutChanged: seatMapId !== drawing.mapId,
    seatMapId,
    savedAt: drawing.savedAt.toISOString(),
    savedBy: names.get(drawing.savedBy) ?? null,
  };
}
