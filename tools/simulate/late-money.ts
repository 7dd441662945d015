import type { Model, ModelHold } from './model.ts';
import { freeIn, type Lines } from './wishes.ts';

/* Money that arrives when its hold has expired, in the model. */

const nobody = '';

/** Whether the places of late money, or equivalent ones, are free. */
export function fitsAgain(model: Model, hold: ModelHold): boolean {
  for (const pool of model.slots.keys()) {
    const wanted = hold.lines.reduce(
      (sum, line) => sum + (line.pools.includes(pool as never) ? line.quantity : 0),
      0,
    );
    if (freeIn(model, pool) < wanted) return false;
  }
  // Of a newer seat map it gets only its own seats.
  for (const { seats = [], seatMapId } of hold.lines)
    if (seatMapId !== model.sale.seats?.mapId && !seats.every((seat) => isFree(model, seat))) return false;
  const zones = model.sale.seats?.zoneOf ?? [];
  return [...new Set(zones)].every((zone) => {
    const wanted = hold.lines
      .flatMap((line) => line.seats ?? [])
      .filter((seat) => zones[seat] === zone).length;
    return model.seats.filter((name, seat) => name === nobody && zones[seat] === zone).length >= wanted;
  });
}

/** Whether a seat of the current seat map has no owner. */
const isFree = ({ sale, seats }: Model, seat: number): boolean =>
  sale.seats?.zoneOf[seat] !== undefined && seats[seat] === nobody;

/** Late money buys the same seats if they are free, and otherwise as many of the same zone and price. */
export function isSameKind(model: Model, hold: ModelHold, lines: Lines): string | null {
  const zones = model.sale.seats?.zoneOf ?? [];
  const own = hold.lines.every((line) => (line.seats ?? []).every((seat) => isFree(model, seat)));
  const describe = (each: Lines, exactly: boolean) =>
    JSON.stringify(
      each.map((line) => [
        line.ticketTypeId,
        line.quantity,
        line.unitMinor,
        exactly ? line.seats : line.seats?.map((seat) => zones[seat]),
      ]),
    );
  return describe(hold.lines, own) === describe(lines, own)
    ? null
    : `late money bought ${describe(lines, true)} for ${describe(hold.lines, true)}`;
}
