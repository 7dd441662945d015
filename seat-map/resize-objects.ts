import type { PlanObject, RowBlock, SeatMark, SeatPlanDocument } from '../contract/plan-fields.ts';
import { boundsOf, boundsOfAll } from './outlines.ts';
import { type Bounds, isSeated } from './plan.ts';
import { changeEach } from './plan-command.ts';

/** A seat is ten units wide whatever the distance of seats. */
const seatWidth = 10;
const longest = 100_000;

/**
 * Makes objects fit into another rectangle than they have now, together. Seats keep their size, their number and their keys; what
 * changes is how far apart they are. A locked object stays as it is.
 */
export function resize(plan: SeatPlanDocument, ids: readonly string[], to: Bounds): SeatPlanDocument {
  const chosen = new Set(ids);
  const from = boundsOfAll(plan.objects.filter(({ id }) => chosen.has(id)));
  if (!from || to.right - to.left < 1 || to.bottom - to.top < 1 || isSame(from, to)) return plan;
  const across = scaleOf(from.left, from.right, to.left, to.right);
  const down = scaleOf(from.top, from.bottom, to.top, to.bottom);
  return changeEach(plan, ids, (object) => {
    if (object.locked) return object;
    const { left, right, top, bottom } = boundsOf(object);
    const target = { left: across(left), right: across(right), top: down(top), bottom: down(bottom) };
    return moveInto(stretch(object, target), target);
  });
}

const isSame = (a: Bounds, b: Bounds): boolean =>
  a.left === b.left && a.right === b.right && a.top === b.top && a.bottom === b.bottom;

const scaleOf = (from: number, to: number, newFrom: number, newTo: number) => (at: number) =>
  to === from ? (newFrom + newTo) / 2 : newFrom + ((at - from) / (to - from)) * (newTo - newFrom);

/** Decision: whether an object grows across and down alike only, because otherwise it would be another form. */
export const growsEvenly = (object: PlanObject): boolean =>
  object.rotation % 90 !== 0 ||
  object.kind === 'text' ||
  object.kind === 'box' ||
  (object.kind === 'table' && object.shape === 'round') ||
  (object.kind === 'rows' && object.radius !== 0);

function stretch(object: PlanObject, target: Bounds): PlanObject {
  const { left, right, top, bottom } = boundsOf(object);
  const fixed = fixedOf(object);
  let across = factorOf(right - left, target.right - target.left, fixed.across);
  let down = factorOf(bottom - top, target.bottom - target.top, fixed.down);
  if (growsEvenly(object)) across = down = Math.sqrt(across * down);
  // From here on in the object's own directions.
  const [sx, sy] = Math.abs(object.rotation % 180) === 90 ? [down, across] : [across, down];
  const by = (value: number, factor: number, least = 1) => tidy(bounded(value * factor, least, longest));
  switch (object.kind) {
    case 'rows':
      return stretchBlock(object, sx, sy);
    case 'free':
      return {
        ...object,
        rows: object.rows.map(({ marks, ...row }) => ({
          ...row,
          x: row.x.map((x) => by(x, sx, -longest)),
          y: row.y.map((y) => by(y, sy, -longest)),
          ...(marks && { marks: stretchMarks(marks, sx, sy) }),
        })),
      };
    case 'table':
      return { ...object, width: by(object.width, sx), height: by(object.height, sy) };
    case 'box':
      return { ...object, spacing: by(object.spacing, sx) };
    case 'area':
      return { ...object, points: stretchPoints(object.points, sx, sy) };
    case 'stage':
      return { ...object, width: by(object.width, sx), height: by(object.height, sy) };
    case 'shape':
      return {
        ...object,
        width: by(object.width, sx),
        height: by(object.height, sy),
        ...(object.points && { points: stretchPoints(object.points, sx, sy) }),
      };
    case 'text':
      return { ...object, size: tidy(bounded(object.size * sx, 4, 2_000)) };
  }
}

function stretchBlock(block: RowBlock, sx: number, sy: number): RowBlock {
  const length = (value: number, factor: number) => tidy(bounded(value * factor, 1, longest));
  return {
    ...block,
    spacing: length(block.spacing, sx),
    rowSpacing: length(block.rowSpacing, sy),
    radius: tidy(bounded(block.radius * sy, -longest, longest)),
    ...(block.aisleWidth !== undefined && { aisleWidth: length(block.aisleWidth, sx) }),
    rows: block.rows.map(({ marks, ...row }) => ({
      ...row,
      ...(row.shift !== undefined && { shift: tidy(bounded(row.shift * sx, -longest, longest)) }),
      ...(marks && { marks: stretchMarks(marks, sx, sy) }),
    })),
  };
}

const stretchMarks = (marks: Record<string, SeatMark>, sx: number, sy: number): Record<string, SeatMark> =>
  Object.fromEntries(
    Object.entries(marks).map(([serial, mark]) => [
      serial,
      {
        ...mark,
        ...(mark.dx !== undefined && { dx: tidy(bounded(mark.dx * sx, -longest, longest)) }),
        ...(mark.dy !== undefined && { dy: tidy(bounded(mark.dy * sy, -longest, longest)) }),
      },
    ]),
  );

const stretchPoints = (points: readonly [number, number][], sx: number, sy: number) =>
  points.map(([x, y]): [number, number] => [
    tidy(bounded(x * sx, -longest, longest)),
    tidy(bounded(y * sy, -longest, longest)),
  ]);

/** What of an object's width and height does not grow with it: the seats at its edge. */
function fixedOf(object: PlanObject): { across: number; down: number } {
  if (!isSeated(object)) return { across: 0, down: 0 };
  if (object.kind !== 'table') return { across: seatWidth, down: seatWidth };
  const { left, right, top, bottom } = boundsOf(object);
  const height = object.shape === 'round' ? object.width : object.height;
  const [across, down] =
    Math.abs(object.rotation % 180) === 90 ? [height, object.width] : [object.width, height];
  return { across: Math.max(0, right - left - across), down: Math.max(0, bottom - top - down) };
}

function factorOf(size: number, wanted: number, fixed: number): number {
  if (size - fixed <= 0) return 1;
  return Math.max((wanted - fixed) / (size - fixed), 0.01);
}

/** Puts the middle of an object into the middle of a rectangle. */
function moveInto<Moved extends PlanObject>(object: Moved, target: Bounds): Moved {
  const { left, right, top, bottom } = boundsOf(object);
  const x = bounded(object.x + (target.left + target.right - left - right) / 2, -longest, longest);
  const y = bounded(object.y + (target.top + target.bottom - top - bottom) / 2, -longest, longest);
  return { ...object, x: tidy(x), y: tidy(y) };
}

const bounded = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

/** To a thousandth, so that a plan has no endless fractions. Never -0, which JSON would turn into 0. */
const tidy = (value: number): number => Math.round(value * 1000) / 1000 + 0;
