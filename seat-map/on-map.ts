import type { PlanObject } from '../contract/plan-fields.ts';

type Placed = Pick<PlanObject, 'x' | 'y' | 'rotation' | 'mirrored'>;

/** From an object's own coordinates to the map's. */
export function onMap({ x, y, rotation, mirrored }: Placed): (x: number, y: number) => [number, number] {
  const angle = (rotation * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const side = mirrored ? -1 : 1;
  return (ownX, ownY) => [x + side * ownX * cos - ownY * sin, y + side * ownX * sin + ownY * cos];
}
