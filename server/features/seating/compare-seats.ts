import type { SeatLayout } from '../../../contract/layout.ts';
import type { NumberedLayout, SeatName } from './seat-plan.ts';

/** What a new version of a seat map changes for a seat that both versions have. */
export interface ChangedSeat {
  index: number;
  before: SeatName;
  after: SeatName;
}

export interface SeatComparison {
  /** Seats with another name. */
  renamed: ChangedSeat[];
  /** Seats with the same name that stand elsewhere by a seat's width or more. */
  moved: ChangedSeat[];
}

/** In map units: the width of a seat. Nobody looks for a seat by less. */
const farEnough = 10;

/**
 * Decision: which seats have another name or another place. A layout without keys knows seats by row and label, so only the name
 * of a whole section can differ in it. Such a name has always been a matter of spelling: tickets keep the one they were sold with.
 */
export function compareSeats(before: Numbered, after: Numbered): SeatComparison {
  const renamed: ChangedSeat[] = [];
  const moved: ChangedSeat[] = [];
  if (!after.layout.sections.some(({ rows }) => rows.some(({ keys }) => keys))) return { renamed, moved };
  const known = new Map<number, PlacedSeat>();
  for (const seat of eachSeat(before)) known.set(seat.index, seat);
  for (const seat of eachSeat(after)) {
    const old = known.get(seat.index);
    if (!old) continue;
    const change = { index: seat.index, before: old.name, after: seat.name };
    if (!isSameName(old.name, seat.name)) renamed.push(change);
    else if (Math.hypot(seat.x - old.x, seat.y - old.y) >= farEnough) moved.push(change);
  }
  return { renamed, moved };
}

type Numbered = Pick<NumberedLayout, 'layout' | 'indexes'>;

interface PlacedSeat {
  index: number;
  name: SeatName;
  x: number;
  y: number;
}

function* eachSeat({
  layout,
  indexes,
}: {
  layout: SeatLayout;
  indexes: number[] | null;
}): Generator<PlacedSeat> {
  let position = 0;
  for (const { name: section, rows } of layout.sections)
    for (const row of rows)
      for (const [i, label] of row.labels.entries()) {
        yield {
          index: indexes?.[position] ?? position,
          name: { section, row: row.label, seat: label },
          x: row.x[i] ?? 0,
          y: row.y[i] ?? 0,
        };
        position++;
      }
}

const isSameName = (one: SeatName, other: SeatName): boolean =>
  one.section === other.section && one.row === other.row && one.seat === other.seat;
