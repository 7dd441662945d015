/*
 * The rules of the best available seats. The server holds by them, and the page shows the seats by them before the buyer
 * holds any.
 */

/** A row of seats, from left to right. */
interface Row {
  zone: string;
  seats: ArrayLike<number>;
  /** Positions with an aisle after them. */
  gapsAfter: readonly number[];
  /** The rank of the row, the best first (rankRows). */
  order: number;
  /** By position: 0 for an ordinary seat, more for a marked one (accessible-seats.ts). Left out if all are ordinary. */
  kinds?: ArrayLike<number>;
}

/** The status of a free seat. Any other status means that the seat cannot be had. */
const free = 0;

/**
 * Decision: the best `quantity` free seats of a zone, or null if fewer are free. It prefers neighbours in one row. It
 * takes the row nearest to the stage with a long enough run of free seats, and in that run the seats nearest to the
 * row's middle that leave no single seat. If no row has a long enough run, it combines the longest runs, so that the
 * group is split into as few parts as possible. Places for wheelchairs and their companions are taken only if the group has no
 * room without them.
 */
export function bestAvailable(
  plan: { rows: readonly Row[] },
  seats: Uint8Array,
  zone: string,
  quantity: number,
): number[] | null {
  const found = bestIn(plan, seats, { zone, quantity, sparing: true });
  if (found || !plan.rows.some((row) => row.kinds && row.zone === zone)) return found;
  return bestIn(plan, seats, { zone, quantity, sparing: false });
}

interface Search {
  zone: string;
  quantity: number;
  /** Marked places count as taken. */
  sparing: boolean;
}

function bestIn(plan: { rows: readonly Row[] }, seats: Uint8Array, search: Search): number[] | null {
  const { zone, quantity, sparing } = search;
  let best: { row: Row; first: number; score: number } | null = null;
  for (const row of plan.rows) {
    if (row.zone !== zone || row.seats.length < quantity) continue;
    if (best && row.order > best.row.order) continue;
    for (const run of freeRuns(row, seats, sparing)) {
      if (run.length < quantity) continue;
      const place = bestPlaceInRun(row, run, quantity);
      if (!best || row.order < best.row.order || place.score < best.score) best = { ...place, row };
    }
  }
  if (best) return seatsAt(best.row, best.first, quantity);
  return quantity === 1 ? null : splitGroup(plan, seats, search);
}

interface Run {
  /** Its first seat's position in the row. */
  first: number;
  length: number;
}

/** Splits a row's free seats into runs of neighbours. An aisle ends a run, and so does a marked place that is spared. */
function freeRuns(row: Row, seats: Uint8Array, sparing: boolean): Run[] {
  const runs: Run[] = [];
  const kinds = sparing ? row.kinds : undefined;
  let length = 0;
  const count = row.seats.length;
  for (let position = 0; position < count; position++) {
    const broken = seats[row.seats[position] as number] !== free || Boolean(kinds?.[position]);
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

function splitGroup(
  plan: { rows: readonly Row[] },
  seats: Uint8Array,
  { zone, quantity, sparing }: Search,
): number[] | null {
  const runs = plan.rows
    .filter((row) => row.zone === zone)
    .flatMap((row) => freeRuns(row, seats, sparing).map((run) => ({ ...run, row })))
    .sort((a, b) => b.length - a.length || a.row.order - b.row.order);
  const chosen: number[] = [];
  for (const run of runs) {
    const wanted = Math.min(run.length, quantity - chosen.length);
    chosen.push(...seatsAt(run.row, run.first, wanted));
    if (chosen.length === quantity) return chosen.sort((a, b) => a - b);
  }
  return null;
}

const seatsAt = ({ seats }: Row, first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => seats[first + i] as number);

interface PlacedRow {
  /** Equal for the rows of one section. */
  section: unknown;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

interface Stage {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Ranks rows by their distance from the middle of the stage's edge. Inside a section the organiser's order wins: a
 * row never ranks before the row in front of it. Without a stage, rows rank in the order of the layout.
 */
export function rankRows(stage: Stage | undefined, rows: PlacedRow[]): number[] {
  const distances = stage ? distancesFrom(stage, rows) : rows.map((_, i) => i);
  const ranked = distances
    .map((distance, i) => ({ distance, i }))
    .sort((a, b) => a.distance - b.distance || a.i - b.i);
  const orders: number[] = [];
  for (const [order, { i }] of ranked.entries()) orders[i] = order;
  return orders;
}

function distancesFrom(stage: Stage, rows: PlacedRow[]): number[] {
  let section: unknown = null;
  let front = 0;
  return rows.map((row) => {
    if (row.section !== section) front = 0;
    section = row.section;
    front = Math.max(front, meanDistance(stage, row));
    return front;
  });
}

/** The mean distance of a row's seats from the stage's nearest edge, measured from its middle. */
function meanDistance(stage: Stage, row: PlacedRow): number {
  const middleX = stage.x + stage.width / 2;
  let sum = 0;
  for (let i = 0; i < row.x.length; i++) {
    const y = row.y[i] ?? 0;
    const dy = Math.max(stage.y - y, 0, y - stage.y - stage.height);
    sum += Math.hypot((row.x[i] ?? 0) - middleX, dy);
  }
  return sum / row.x.length;
}
