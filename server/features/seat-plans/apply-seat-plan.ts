import { Refused } from '../../../contract/errors.ts';
import type { EventPatch, ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { ActingCall } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { updateEvent } from '../catalog/update-event.ts';
import { findSeatMapId } from '../seating/find-seat-map-id.ts';
import { compileForSale, refuseDrawing } from './drawing.ts';
import { findDrawing, lockDrawing, markApplied } from './store.ts';

interface Application {
  version: number;
  tellMoved: boolean;
  ticketTypes?: EventPatch['ticketTypes'] | undefined;
}
type ApplyCall = ActingCall & Call<{ eventId: EventId }, unknown, Application, 'team'>;

/**
 * Makes the saved drawing the seat map of its event, as a PATCH with its layout would. Throws Refused('seat_plan_changed') if the
 * drawing has another version than the caller saw, 'seat_layout_changed' if the seat map was changed in another way and nobody has said
 * what becomes of that, 'invalid_request' with what is wrong in the drawing, and what updateEvent throws:
 * 'event_has_sales' names held or sold seats that the drawing does not have.
 */
export async function applySeatPlan(app: App, call: ApplyCall): Promise<ManagedEvent> {
  const { eventId } = call.params;
  const { version, tellMoved, ticketTypes } = call.body;
  const drawing = await findDrawing(app.db, eventId);
  // A retry gets its first answer, also if the drawing was saved again since.
  if (drawing?.version !== version)
    return once(app, call, () => Promise.reject(new Refused('seat_plan_changed')));
  const compiled = await compileForSale(drawing.document);
  if ('issues' in compiled) refuseDrawing(compiled.issues);
  const change = { ...call, body: { seatLayout: compiled.layout, ...(ticketTypes && { ticketTypes }) } };
  return updateEvent(app, change, {
    tellMoved,
    check: async (trx) => {
      const locked = await lockDrawing(trx, eventId);
      if (locked?.version !== version) throw new Refused('seat_plan_changed');
      if (locked.mapId !== (await findSeatMapId(trx, eventId))) throw new Refused('seat_layout_changed');
    },
    applied: async (trx) => {
      await markApplied(trx, eventId, await findSeatMapId(trx, eventId));
    },
  });
}
