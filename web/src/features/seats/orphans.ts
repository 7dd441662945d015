import { isFree } from '../buy/availability.ts';
import { rowOf, type SeatModel } from './seat-model.ts';

/**
 * Decision: the single free seats that this choice would leave, each between taken seats, an aisle or the end of its
 * row. Hardly anyone buys such a seat. Places for wheelchairs and their companions do not count, and neither does a
 * seat that is already single.
 */
export function orphansLeft(
  model: SeatModel,
  seats: Uint8Array | null,
  chosen: ReadonlySet<number>,
): number[] {
  if (!seats) return [];
  const isLeft = (seat: number | null): seat is number =>
    seat !== null && isFree(seats, seat) && !chosen.has(seat);
  const orphans = new Set<number>();
  for (const seat of chosen) {
    for (const side of [-1, 1] as const) {
      const beside = neighbourOf(model, seat, side);
      if (!isLeft(beside) || isLeft(neighbourOf(model, beside, side))) continue;
      if (!model.accessible[beside] && !model.companion[beside]) orphans.add(beside);
    }
  }
  return [...orphans].sort((a, b) => a - b);
}

/** The next seat to one side; null at the end of the row or at an aisle. */
function neighbourOf(model: SeatModel, seat: number, side: -1 | 1): number | null {
  const row = rowOf(model, seat);
  const beside = seat + side;
  if (beside < row.first || beside >= row.first + row.count) return null;
  return model.aisleAfter[side === 1 ? seat : beside] ? null : beside;
}
