import type { SeatPlan } from '../seating/seat-plan.ts';
import { seatStatus } from './inventory.ts';

type Row = SeatPlan['rows'][number];

/**
 * Decision: the best `quantity` free seats of a zone, or null if fewer are free. It prefers neighbours in one row. It
 * takes the row nearest to the stage with a long enough run of free seats, and in that run the seats nearest to the
 * row's middle that leave no single seat. If no row has a long enough run, it combines the longest runs, so that the
 * group is split into as few parts as possible.
 */
export function bestAvailable(
  plan: SeatPlan,
  seats: Uint8Array,
  zone: string,
  quantity: number,
): number[] | null {
  let best: { row: Row; first: number; score: number } | null = null;
  for (const row of plan.rows) {
    if (row.zone !== zone || row.seats.length < quantity) continue;
    if (best && row.order > best.row.order) continue;
    for (const run of freeRuns(row, seats)) {
      if (run.length < quantity) continue;
      const place = bestPlaceInRun(row, run, quantity);
      if (!best || row.order < best.row.order || place.score < best.score) best = { ...place, row };
    }
  }
  if (best) return best.row.seats.slice(best.first, best.first + quantity);
  return quantity === 1 ? null : splitGroup(plan, seats, zone, quantity);
}

interface Run {
  /** Its first seat's position in the row. */
  first: number;
  length: number;
}

/** Splits a row's free seats into runs of neighbours. An aisle ends a run. */
export function freeRuns(row: Row, seats: Uint8Array): Run[] {
  const runs: Run[] = [];
  let length = 0;
  const count = row.seats.length;
  for (let position = 0; position < count; position++) {
    const broken = seats[row.seats[position] as number] !== seatStatus.free;
    if (!broken) length++;
    const aisle = row.gapsAfter.includes(position);
    if ((broken || aisle || position === count - 1) && length > 0) {
      const end = broken ? position : position + 1;
      runs.push({ first: end - length, length });
      length = 0;
    }
  }
  return runs;
}

function bestPlaceInRun(row: Row, run: Run, quantity: number): { first: number; score: number } {
  const middle = (row.seats.length - 1) / 2;
  let best = { first: run.first, score: Number.POSITIVE_INFINITY };
  for (let first = run.first; first + quantity <= run.first + run.length; first++) {
    const before = first - run.first;
    const after = run.length - before - quantity;
    // A single leftover seat is hard to sell. It counts as worse than any distance from the middle of the row.
    const orphans = (before === 1 ? 1 : 0) + (after === 1 ? 1 : 0);
    const score = Math.abs(first + (quantity - 1) / 2 - middle) + orphans * 1000;
    if (score < best.score) best = { first, score };
  }
  return best;
}

function splitGroup(plan: SeatPlan, seats: Uint8Array, zone: string, quantity: number): number[] | null {
  const runs = plan.rows
    .filter((row) => row.zone === zone)
    .flatMap((row) => freeRuns(row, seats).map((run) => ({ ...run, row })))
    .sort((a, b) => b.length - a.length || a.row.order - b.row.order);
  const chosen: number[] = [];
  for (const run of runs) {
    const wanted = Math.min(run.length, quantity - chosen.length);
    chosen.push(...run.row.seats.slice(run.first, run.first + wanted));
    if (chosen.length === quantity) return chosen.sort((a, b) => a - b);
  }
  return null;
}
