import { bestAvailable, rankRows } from '../../../../contract/best-seats.ts';
import { isFree } from '../buy/availability.ts';
import type { SeatModel } from './seat-model.ts';

/**
 * Decision: the best `quantity` seats of a zone among the free ones without `passed`, by the server's own rules; null if
 * there are not so many.
 */
export function findBest(
  model: SeatModel,
  free: Uint8Array | null,
  { zone, quantity, passed }: { zone: number; quantity: number; passed: ReadonlySet<number> },
): number[] | null {
  if (!free) return null;
  const statuses = new Uint8Array(model.count);
  for (let seat = 0; seat < model.count; seat++)
    if (!isFree(free, seat) || passed.has(seat)) statuses[seat] = 1;
  const key = model.zones[zone]?.key ?? '';
  return bestAvailable({ rows: rankedRows(model) }, statuses, key, quantity);
}

const ranked = new WeakMap<SeatModel, ReturnType<typeof rankNow>>();

function rankedRows(model: SeatModel): ReturnType<typeof rankNow> {
  const known = ranked.get(model) ?? rankNow(model);
  ranked.set(model, known);
  return known;
}

function rankNow(model: SeatModel) {
  const rows = model.rows.filter(({ count }) => count > 0);
  const part = (all: Int32Array, first: number, count: number) => all.subarray(first, first + count);
  const orders = rankRows(
    model.map.stage,
    rows.map(({ section, first, count }) => ({
      section,
      x: part(model.x, first, count),
      y: part(model.y, first, count),
    })),
  );
  return rows.map(({ first, count, zone }, i) => ({
    zone: model.zones[zone]?.key ?? '',
    seats: Array.from({ length: count }, (_, position) => first + position),
    gapsAfter: Array.from({ length: count }, (_, position) => position).filter(
      (position) => model.aisleAfter[first + position],
    ),
    order: orders[i] ?? i,
  }));
}
