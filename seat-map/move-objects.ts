import type { PlanObject, SeatPlanDocument } from '../contract/plan-fields.ts';
import { boundsOf, boundsOfAll } from './outlines.ts';
import type { Bounds } from './plan.ts';
import { changeEach, type Edge } from './plan-command.ts';

type Ids = readonly string[];

/* Commands that move whole objects. A locked object stays where it is. */

export const moveBy = (plan: SeatPlanDocument, ids: Ids, dx: number, dy: number): SeatPlanDocument =>
  dx === 0 && dy === 0
    ? plan
    : changeEach(plan, ids, (object) =>
        object.locked ? object : { ...object, x: tidy(object.x + dx), y: tidy(object.y + dy) },
      );

/** Turns objects around their common middle. */
export function rotate(plan: SeatPlanDocument, ids: Ids, degrees: number): SeatPlanDocument {
  const around = middleOf(plan, ids);
  if (!around || degrees % 360 === 0) return plan;
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return changeEach(plan, ids, (object) => {
    if (object.locked) return object;
    const dx = object.x - around.x;
    const dy = object.y - around.y;
    return {
      ...object,
      x: tidy(around.x + dx * cos - dy * sin),
      y: tidy(around.y + dx * sin + dy * cos),
      rotation: tidy((object.rotation + degrees) % 360),
    };
  });
}

/**
 * Mirrors objects at a line through their common middle. `x` exchanges left and right, `y` above and below: that is left and
 * right exchanged, and half a turn.
 */
export function mirror(plan: SeatPlanDocument, ids: Ids, axis: 'x' | 'y'): SeatPlanDocument {
  const around = middleOf(plan, ids);
  if (!around) return plan;
  return changeEach(plan, ids, (object) => {
    if (object.locked) return object;
    const { mirrored, ...rest } = object;
    const moved = {
      ...rest,
      x: axis === 'x' ? tidy(2 * around.x - object.x) : object.x,
      y: axis === 'y' ? tidy(2 * around.y - object.y) : object.y,
      rotation: tidy(((axis === 'x' ? 0 : 180) - object.rotation) % 360),
    };
    return (mirrored ? moved : { ...moved, mirrored: true }) as PlanObject;
  });
}

/** Moves objects so that their edges or middles are on one line: that of all of them together. */
export function align(plan: SeatPlanDocument, ids: Ids, edge: Edge): SeatPlanDocument {
  const all = boundsOfAll(chosenOf(plan, ids));
  if (!all) return plan;
  const isAcross = edge === 'left' || edge === 'centre' || edge === 'right';
  const line = lineOf(all, edge);
  return changeEach(plan, ids, (object) => {
    const by = tidy(line - lineOf(boundsOf(object), edge));
    if (object.locked || by === 0) return object;
    return isAcross ? { ...object, x: tidy(object.x + by) } : { ...object, y: tidy(object.y + by) };
  });
}

const lineOf = ({ left, right, top, bottom }: Bounds, edge: Edge): number =>
  ({ left, right, top, bottom, centre: (left + right) / 2, middle: (top + bottom) / 2 })[edge];

/** Moves objects so that the gaps between them are equal. The first and the last one stay. */
export function distribute(plan: SeatPlanDocument, ids: Ids, axis: 'x' | 'y'): SeatPlanDocument {
  const spans = chosenOf(plan, ids)
    .map((object) => {
      const { left, right, top, bottom } = boundsOf(object);
      return axis === 'x'
        ? { object, from: left, size: right - left }
        : { object, from: top, size: bottom - top };
    })
    .sort((a, b) => a.from - b.from);
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last || spans.length < 3) return plan;
  const inner = spans.slice(1, -1).reduce((sum, { size }) => sum + size, 0);
  const gap = (last.from - first.from - first.size - inner) / (spans.length - 1);
  const moves = new Map<string, number>();
  let next = first.from + first.size + gap;
  for (const { object, from, size } of spans.slice(1, -1)) {
    moves.set(object.id, next - from);
    next += size + gap;
  }
  return changeEach(plan, [...moves.keys()], (object) => {
    const by = tidy(moves.get(object.id) ?? 0);
    if (object.locked || by === 0) return object;
    return axis === 'x' ? { ...object, x: tidy(object.x + by) } : { ...object, y: tidy(object.y + by) };
  });
}

/** Moves the origins of objects to the nearest points of a grid. */
export function snap(plan: SeatPlanDocument, ids: Ids, step: number): SeatPlanDocument {
  if (!(step > 0)) return plan;
  const toGrid = (at: number) => tidy(Math.round(at / step) * step);
  return changeEach(plan, ids, (object) => {
    const [x, y] = [toGrid(object.x), toGrid(object.y)];
    return object.locked || (x === object.x && y === object.y) ? object : { ...object, x, y };
  });
}

function chosenOf(plan: SeatPlanDocument, ids: Ids): PlanObject[] {
  const chosen = new Set(ids);
  return plan.objects.filter(({ id }) => chosen.has(id));
}

function middleOf(plan: SeatPlanDocument, ids: Ids): { x: number; y: number } | null {
  const all = boundsOfAll(chosenOf(plan, ids));
  return all && { x: (all.left + all.right) / 2, y: (all.top + all.bottom) / 2 };
}

/** To a thousandth, so that a plan has no endless fractions. Never -0, which JSON would turn into 0. */
const tidy = (value: number): number => Math.round(value * 1000) / 1000 + 0;
