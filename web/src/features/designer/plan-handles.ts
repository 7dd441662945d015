import type { PlanObject } from '../../../../contract/plan-fields.ts';
import type { Bounds } from '../../../../seat-map/plan.ts';
import { growsEvenly } from '../../../../seat-map/resize-objects.ts';
import type { Camera } from '../seats/seat-camera.ts';
import type { PlanPalette as Palette } from './plan-palette.ts';

/* What a hand takes hold of around the chosen objects: eight handles to resize them, and one above to turn them. */

/** Which edges a handle moves: -1 is the left or upper one, 1 the right or lower one, 0 neither. */
export interface Handle {
  across: -1 | 0 | 1;
  down: -1 | 0 | 1;
}

interface PlacedHandle extends Handle {
  x: number;
  y: number;
}

/** The frame stands so many pixels outside of the objects. */
const frameAway = 6;
const turnAway = 22;
/** On a frame with a shorter side than this, in pixels, the handles of its sides would cover those of its corners. */
const leastForSides = 48;

/** Where the handle that turns the chosen objects is, in pixels of the page. */
const turnAt = (box: Bounds, { scale, x, y }: Camera): [number, number] => [
  ((box.left + box.right) / 2) * scale + x,
  box.top * scale + y - frameAway - turnAway,
];

/** Decision: the handles of the chosen objects. Objects that grow across and down alike have those of the corners only. */
export function handlesOf(box: Bounds, camera: Camera, objects: readonly PlanObject[]): PlacedHandle[] {
  const free = objects.filter(({ locked }) => !locked);
  if (free.length === 0) return [];
  const { scale, x, y } = camera;
  const isEven = free.some(growsEvenly);
  const left = box.left * scale + x - frameAway;
  const right = box.right * scale + x + frameAway;
  const top = box.top * scale + y - frameAway;
  const bottom = box.bottom * scale + y + frameAway;
  const sides = [-1, 0, 1] as const;
  return sides.flatMap((down) =>
    sides.flatMap((across): PlacedHandle[] => {
      if (across === 0 && down === 0) return [];
      const isSide = across === 0 || down === 0;
      if (isSide && isEven) return [];
      if (across === 0 && right - left < leastForSides) return [];
      if (down === 0 && bottom - top < leastForSides) return [];
      return [
        {
          across,
          down,
          x: across === 0 ? (left + right) / 2 : across < 0 ? left : right,
          y: down === 0 ? (top + bottom) / 2 : down < 0 ? top : bottom,
        },
      ];
    }),
  );
}

/** Decision: what a pointer takes hold of at a point; null if nothing. A finger covers more than a mouse does. */
export function handleUnder(
  box: Bounds,
  camera: Camera,
  objects: readonly PlanObject[],
  at: { x: number; y: number },
  isTouch: boolean,
): 'turn' | Handle | null {
  if (objects.every(({ locked }) => locked)) return null;
  const [tx, ty] = turnAt(box, camera);
  if (Math.hypot(at.x - tx, at.y - ty) < 16) return 'turn';
  const width = (box.right - box.left) * camera.scale;
  const height = (box.bottom - box.top) * camera.scale;
  // On a small object a large reach would leave no place to take hold of the object itself.
  const reach = Math.min(isTouch ? 22 : 11, Math.max(8, Math.min(width, height) / 3));
  const near = handlesOf(box, camera, objects)
    .map((handle) => ({ handle, distance: Math.hypot(at.x - handle.x, at.y - handle.y) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)[0];
  return near ? { across: near.handle.across, down: near.handle.down } : null;
}

/** Objects do not become smaller than this, in map units. */
const smallest = 4;

/**
 * Decision: the rectangle after a handle was dragged by so much. `even` keeps the proportions; `snap` puts a moved edge onto the grid.
 */
export function resizedBox(
  box: Bounds,
  { across, down }: Handle,
  [dx, dy]: readonly [number, number],
  { even, snap }: { even: boolean; snap: (edge: number) => number },
): Bounds {
  const edge = (at: number, by: number) => snap(at + by);
  const to = { ...box };
  if (across < 0) to.left = Math.min(edge(box.left, dx), box.right - smallest);
  if (across > 0) to.right = Math.max(edge(box.right, dx), box.left + smallest);
  if (down < 0) to.top = Math.min(edge(box.top, dy), box.bottom - smallest);
  if (down > 0) to.bottom = Math.max(edge(box.bottom, dy), box.top + smallest);
  if (!even || across === 0 || down === 0) return to;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (width <= 0 || height <= 0) return to;
  // The edge that was dragged farther says how large both become.
  const [byWidth, byHeight] = [(to.right - to.left) / width, (to.bottom - to.top) / height];
  const factor = Math.abs(byWidth - 1) > Math.abs(byHeight - 1) ? byWidth : byHeight;
  if (across < 0) to.left = box.right - width * factor;
  else to.right = box.left + width * factor;
  if (down < 0) to.top = box.bottom - height * factor;
  else to.bottom = box.top + height * factor;
  return to;
}

/** Draws the handles: squares on the frame, and a disc above it. */
export function paintHandles(
  context: CanvasRenderingContext2D,
  box: Bounds,
  camera: Camera,
  objects: readonly PlanObject[],
  palette: Palette,
): void {
  if (objects.every(({ locked }) => locked)) return;
  context.strokeStyle = palette.selected;
  context.fillStyle = palette.paper;
  context.lineWidth = 1.5;
  const [x, y] = turnAt(box, camera);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, y + turnAway);
  context.stroke();
  context.beginPath();
  context.arc(x, y, 6, 0, Math.PI * 2);
  context.fill();
  context.stroke();
  context.beginPath();
  for (const handle of handlesOf(box, camera, objects)) context.rect(handle.x - 4, handle.y - 4, 8, 8);
  context.fill();
  context.stroke();
}
