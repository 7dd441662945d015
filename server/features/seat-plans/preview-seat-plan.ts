import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { mostSeatsNamed, type PlanChanges } from '../../../contract/seat-plans.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readTakenSeats } from '../inventory/read-taken-seats.ts';
import { readUsedTicketTypes } from '../inventory/read-used-ticket-types.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import { planSeatMapChange, type SeatMapChange } from '../seating/change-seat-map.ts';
import type { ChangedSeat } from '../seating/compare-seats.ts';
import { compileForSale } from './drawing.ts';
import { findDrawing } from './store.ts';

/** Says what applying the saved drawing would change for those who have seats. Changes nothing. */
export async function previewSeatPlan(
  app: App,
  { params: { eventId } }: Pick<Call<{ eventId: EventId }, unknown, unknown, 'team'>, 'params'>,
): Promise<PlanChanges> {
  const drawing = await findDrawing(app.db, eventId);
  if (!drawing) throw new Refused('not_found');
  const compiled = await compileForSale(drawing.document);
  if ('issues' in compiled) return { ...nothing, issues: compiled.issues };
  const now = app.clock.now();
  const [change, states, types, used] = await app.db.transaction(async (trx) => [
    await planSeatMapChange(app, trx, eventId, compiled.layout, { isUnseen: async () => false }),
    await readTakenSeats(trx, eventId, now),
    (await readTicketTypes(trx, [eventId])).get(eventId) ?? [],
    await readUsedTicketTypes(trx, eventId, now),
  ]);
  const taken = new Set(states.map(({ index }) => index));
  const zones = new Set(compiled.layout.zones.map(({ key }) => key));
  const withoutZone = types.flatMap(({ id, name, zone }) =>
    zone === null || zones.has(zone) ? [] : [{ ticketTypeId: id, name, zone, taken: used.has(id) }],
  );
  return { ...(change ? summaryOf(change, taken) : nothing), withoutZone };
}

const nothing: PlanChanges = {
  added: 0,
  removed: 0,
  vanishing: [],
  renamed: [],
  renamedTaken: 0,
  moved: 0,
  movedTaken: 0,
  withoutZone: [],
  issues: [],
};

function summaryOf(
  { gone, added, kept, nameOf }: SeatMapChange,
  taken: ReadonlySet<number>,
): Omit<PlanChanges, 'withoutZone'> {
  const isTaken = ({ index }: ChangedSeat) => taken.has(index);
  const vanishing = gone.filter((index) => taken.has(index));
  const takenFirst = [...kept.renamed.filter(isTaken), ...kept.renamed.filter((seat) => !isTaken(seat))];
  return {
    added: added.length,
    removed: gone.length - vanishing.length,
    vanishing: vanishing.slice(0, mostSeatsNamed).map(nameOf),
    renamed: takenFirst
      .slice(0, mostSeatsNamed)
      .map((seat) => ({ before: seat.before, after: seat.after, taken: isTaken(seat) })),
    renamedTaken: kept.renamed.filter(isTaken).length,
    moved: kept.moved.length,
    movedTaken: kept.moved.filter(isTaken).length,
    issues: [],
  };
}
