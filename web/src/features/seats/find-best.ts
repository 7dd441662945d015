import { bestAccessible, companion, type TooFew, wheelchair } from '../../../../contract/accessible-seats.ts';
import { bestAvailable, rankRows } from '../../../../contract/best-seats.ts';
import { isFree } from '../buy/availability.ts';
import type { SeatModel } from './seat-model.ts';

interface Wanted {
  zone: number;
  passed: ReadonlySet<number>;
  /** No seat with a restricted view. */
  isClear?: boolean;
}

/**
 * Decision: the best `quantity` seats of a zone among the free ones without `passed`, by the server's own rules; null if
 * there are not so many.
 */
export function findBest(
  model: SeatModel,
  free: Uint8Array | null,
  { quantity, ...wanted }: Wanted & { quantity: number },
): number[] | null {
  if (!free) return null;
  const key = model.zones[wanted.zone]?.key ?? '';
  return bestAvailable({ rows: rankedRows(model) }, statusesOf(model, free, wanted), key, quantity);
}

/** The same for wheelchair places with seats for companions beside them; what there is, if that is too few. */
export function findAccessible(
  model: SeatModel,
  free: Uint8Array | null,
  { accessible, companions, ...wanted }: Wanted & { accessible: number; companions: number },
): number[] | TooFew {
  if (!free) return { accessible: 0, companions: 0 };
  const key = model.zones[wanted.zone]?.key ?? '';
  const statuses = statusesOf(model, free, wanted);
  return bestAccessible({ rows: rankedRows(model) }, statuses, key, { accessible, companions });
}

function statusesOf(model: SeatModel, free: Uint8Array, { passed, isClear = false }: Wanted): Uint8Array {
  const statuses = new Uint8Array(model.count);
  for (let seat = 0; seat < model.count; seat++)
    if (!isFree(free, seat) || passed.has(seat) || (isClear && model.restricted[seat])) statuses[seat] = 1;
  return statuses;
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
    ...kindsOf(model, first, count),
  }));
}

function kindsOf({ accessible, companion: companions }: SeatModel, first: number, count: number) {
  const kinds = accessible
    .subarray(first, first + count)
    .map((is, at) => (is ? wheelchair : companions[first + at] ? companion : 0));
  return kinds.some((kind) => kind !== 0) ? { kinds } : {};
}
