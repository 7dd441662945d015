import type { SeatModel } from './seat-model.ts';

/** What a buyer may look for. `clear`: the whole stage can be seen. */
export const filters = ['accessible', 'companion', 'clear'] as const;
export type Filter = (typeof filters)[number];

/** The filters that say something about this room. */
export const filtersIn = (model: SeatModel): Filter[] =>
  filters.filter((filter) => (filter === 'clear' ? model.restricted : model[filter]).includes(1));

/**
 * One byte per seat, 1 if the seat passes; null without filters. Wheelchair places and companion seats are looked for
 * together, and a clear view is demanded of both.
 */
export function shownBy(model: SeatModel, chosen: readonly Filter[]): Uint8Array | null {
  if (chosen.length === 0) return null;
  const kinds = chosen.flatMap((filter) => (filter === 'clear' ? [] : [model[filter]]));
  const isClear = chosen.includes('clear');
  return model.restricted.map((restricted, seat) =>
    (kinds.length === 0 || kinds.some((kind) => kind[seat] === 1)) && !(isClear && restricted === 1) ? 1 : 0,
  );
}

const few = 500;
const found = new WeakMap<Uint8Array, number[]>();

/** The seats that pass, if they are few: these are drawn larger from a distance. Found once for each filter. */
export function fewShown(shown: Uint8Array): number[] {
  const known = found.get(shown);
  if (known) return known;
  const seats: number[] = [];
  for (let seat = shown.indexOf(1); seat !== -1 && seats.length <= few; seat = shown.indexOf(1, seat + 1))
    seats.push(seat);
  const kept = seats.length > few ? [] : seats;
  found.set(shown, kept);
  return kept;
}
