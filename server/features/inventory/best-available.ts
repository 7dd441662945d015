import type { SeatPlan } from '../seating/seat-plan.ts';
import { seatStatus } from './inventory.ts';

type Row = SeatPlan['rows'][number];

/**
 * Decision: the best `quantity` free seats of a zone, or null where fewer are free. Neighbours in one row
 * come first: the row nearest to the stage that has such a run, in it the place nearest to the row's
 * middle that leaves no single seat behind. Where no row has a long enough run, the longest runs are taken
 * together, so that a group is split into as few parts as can be.
 */
export function bestAvailable(
  plan: SeatPlan,
  seats: Uint8Array,
  zone: string,
  quantity: number,
): number[] | null {
  let best: { first: number; order: number; score: number } | null = null;
  for (const row of plan.rows) {
    if (row.zone !== zone || row.count < quantity) continue;
    if (best && row.order > best.order) continue;
    for (const run of freeRuns(row, seats)) {
      if (run.length < quantity) continue;
      const place = bestPlaceInRun(row, run, quantity);
      if (!best || row.order < best.order || place.score < best.score) best = { ...place, order: row.order };
    }
  }
  if (best) return range(best.first, quantity);
  return quantity === 1 ? null : splitGroup(plan, seats, zone, quantity);
}

interface Run {
  first: number;
  length: number;
}

/** The unbroken stretches of free neighbours in a row; an aisle breaks one. */
export function freeRuns(row: Row, seats: Uint8Array): Run[] {
  const runs: Run[] = [];
  let length = 0;
  for (let position = 0; position < row.count; position++) {
    if (seats[row.first + position] === seatStatus.free) length++;
    const broken = seats[row.first + position] !== seatStatus.free;
    const aisle = row.gapsAfter.includes(position);
    if ((broken || aisle || position === row.count - 1) && length > 0) {
      const end = broken ? position : position + 1;
      runs.push({ first: row.first + end - length, length });
      length = 0;
    }
  }
  return runs;
}

function bestPlaceInRun(row: Row, run: Run, quantity: number): { first: number; score: number } {
  const middle = row.first + (row.count - 1) / 2;
  let best = { first: run.first, score: Number.POSITIVE_INFINITY };
  for (let first = run.first; first + quantity <= run.first + run.length; first++) {
    const before = first - run.first;
    const after = run.length - before - quantity;
    // A seat left alone is hard to sell: worse than any distance from the middle of the row.
    const orphans = (before === 1 ? 1 : 0) + (after === 1 ? 1 : 0);
    const score = Math.abs(first + (quantity - 1) / 2 - middle) + orphans * 1000;
    if (score < best.score) best = { first, score };
  }
  return best;
}

function splitGroup(plan: SeatPlan, seats: Uint8Array, zone: string, quantity: number): number[] | null {
  const runs = plan.rows
    .filter((row) => row.zone === zone)
    .flatMap((row) => freeRuns(row, seats).map((run) => ({ ...run, order: row.order })))
    .sort((a, b) => b.length - a.length || a.order - b.order);
  const chosen: number[] = [];
  for (const run of runs) {
    chosen.push(...range(run.first, Math.min(run.length, quantity - chosen.length)));
    if (chosen.length === quantity) return chosen.sort((a, b) => a - b);
  }
  return null;
}

const range = (first: number, length: number): number[] => Array.from({ length }, (_, i) => first + i);
