import { type Camera, fitTo, type Size } from './seat-camera.ts';
import type { Box } from './seat-model.ts';

/** The minimap's width in pixels. Its height follows the room's shape, within limits. */
const WIDTH = 132;

export function minimapSize({ left, top, right, bottom }: Box): Size {
  const height = (WIDTH * (bottom - top)) / (right - left || 1);
  return { width: WIDTH, height: Math.round(Math.min(Math.max(height, 60), 150)) };
}

/** The whole room, with a margin of five pixels. */
export const minimapCamera = (bounds: Box): Camera => fitTo(bounds, minimapSize(bounds), 4, 5);

/** The part of the room that a map of this size shows, in pixels of the minimap. */
export function frameOn(small: Camera, large: Camera, { width, height }: Size) {
  const share = small.scale / large.scale;
  return {
    x: small.x - large.x * share,
    y: small.y - large.y * share,
    width: width * share,
    height: height * share,
  };
}

/** The point of the room under a pixel. */
export const pointUnder = ({ scale, x, y }: Camera, px: number, py: number): { x: number; y: number } => ({
  x: (px - x) / scale,
  y: (py - y) / scale,
});
