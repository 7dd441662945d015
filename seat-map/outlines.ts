import type { Area, Box, PlanObject, SeatedObject, Shape, Stage, Table } from '../contract/plan-fields.ts';
import { onMap } from './on-map.ts';
import { placeRows } from './place-seats.ts';
import { type Bounds, isSeated } from './plan.ts';

/* The outlines of objects on the map, and the rectangles around them. */

/** The outline on the map of an area, a stage, a shape, a table or a box; an ellipse as a polygon. */
export function cornersOf(object: Area | Stage | Shape | Table | Box): [number, number][] {
  return outlineOf(object).map(([x, y]) => onMap(object)(x, y));
}

function outlineOf(object: Area | Stage | Shape | Table | Box): [number, number][] {
  if (object.kind === 'area') return object.points;
  if (object.kind === 'shape' && object.shape === 'polygon') return object.points ?? [];
  if (object.kind === 'box')
    return rectangle(object.columns * object.spacing + 4, object.rows * object.spacing + 4);
  const { width } = object;
  const height = object.kind === 'table' && object.shape === 'round' ? width : object.height;
  const isRound =
    (object.kind === 'shape' && object.shape === 'ellipse') ||
    (object.kind === 'table' && object.shape === 'round');
  return isRound ? ellipse(width, height) : rectangle(width, height);
}

const rectangle = (width: number, height: number): [number, number][] => [
  [-width / 2, -height / 2],
  [width / 2, -height / 2],
  [width / 2, height / 2],
  [-width / 2, height / 2],
];

const ellipse = (width: number, height: number): [number, number][] =>
  Array.from({ length: 32 }, (_, i): [number, number] => {
    const angle = (i / 32) * 2 * Math.PI;
    return [(width / 2) * Math.cos(angle), (height / 2) * Math.sin(angle)];
  });

/** The half width of a seat, which belongs to the bounds of its object. */
const half = 5;

/** The rectangle around an object on the map. An object without seats is a point. */
export function boundsOf(object: PlanObject): Bounds {
  const known = bounds.get(object);
  if (known) return known;
  const points = boundsOfPoints(pointsOf(object));
  const found =
    points.left <= points.right
      ? points
      : { left: object.x, top: object.y, right: object.x, bottom: object.y };
  bounds.set(object, found);
  return found;
}

const bounds = new WeakMap<PlanObject, Bounds>();

function pointsOf(object: PlanObject): Iterable<[number, number]> {
  if (object.kind === 'text') return textCorners(object).map(([x, y]) => onMap(object)(x, y));
  return isSeated(object) ? seatCorners(object) : cornersOf(object);
}

const textCorners = ({ text, size }: { text: string; size: number }) =>
  rectangle(text.length * size * 0.6, size * 1.2);

function* seatCorners(object: SeatedObject): Generator<[number, number]> {
  if (object.kind === 'table' || object.kind === 'box') yield* cornersOf(object);
  for (const { x, y } of placeRows(object))
    for (const [i, each] of x.entries()) {
      const other = y[i] ?? 0;
      yield [each - half, other - half];
      yield [each + half, other + half];
    }
}

function boundsOfPoints(points: Iterable<[number, number]>): Bounds {
  const around = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const [x, y] of points) {
    if (x < around.left) around.left = x;
    if (x > around.right) around.right = x;
    if (y < around.top) around.top = y;
    if (y > around.bottom) around.bottom = y;
  }
  return around;
}

/** The rectangle around several objects; null if there are none. */
export function boundsOfAll(objects: readonly PlanObject[]): Bounds | null {
  if (objects.length === 0) return null;
  return boundsOfPoints(
    objects.map(boundsOf).flatMap(({ left, top, right, bottom }): [number, number][] => [
      [left, top],
      [right, bottom],
    ]),
  );
}
