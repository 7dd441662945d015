import type { SeatName } from '../seating/seat-plan.ts';
import type { HoldLine } from './inventory.ts';

/** One place of a hold. `seat` is an index in seat-map order, null for general admission. */
export interface Place {
  line: HoldLine;
  seat: number | null;
  seatName: SeatName | null;
}

/**
 * Lists the places of a hold one by one. A ticket's `position` is its place's index here, which gives each ticket its
 * seat, pools and price. The lines are frozen once the order is confirmed.
 */
export const placesOf = (lines: HoldLine[]): Place[] =>
  lines.flatMap((line) =>
    Array.from({ length: line.quantity }, (_, i) => ({
      line,
      seat: line.seats?.[i] ?? null,
      seatName: line.seatNames?.[i] ?? null,
    })),
  );

/** Returns the lines of these positions only, for code that counts by lines. */
export function linesAt(lines: HoldLine[], positions: Iterable<number>): HoldLine[] {
  const places = placesOf(lines);
  const chosen = [...positions].map((position) => {
    const place = places[position];
    if (!place) throw new Error(`there is no place ${position} among ${places.length}`);
    return place;
  });
  return [...Map.groupBy(chosen, ({ line }) => line)].map(([line, some]) => ({
    ...line,
    quantity: some.length,
    ...(line.seats && { seats: some.map(({ seat }) => seat as number) }),
    ...(line.seatNames && { seatNames: some.map(({ seatName }) => seatName as SeatName) }),
  }));
}
