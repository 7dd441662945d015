import type { Bounds } from '../../../../seat-map/plan.ts';
import type { Camera } from '../seats/seat-camera.ts';
import {
  type Pixels,
  type RasterModel,
  type RasterRow,
  rasterRows,
  type SeatInks,
} from '../seats/seat-raster.ts';

/** Below this number the seats are drawn anew for each frame, which costs less than a copy of the screen. */
const fewSeats = 4_000;

interface Sprite {
  key: readonly unknown[];
  pixels: Pixels;
  /** Where its first pixel stands on the canvas while nothing has moved yet. */
  left: number;
  top: number;
}

interface Moving {
  model: RasterModel;
  seats: Uint8Array | null;
  rows: readonly RasterRow[];
  /** Around the rows, in map units. */
  box: Bounds;
  /** In the canvas's pixels, before the move. */
  camera: Camera;
  /** How far the seats have moved, in the canvas's pixels. */
  by: { x: number; y: number };
  inks: SeatInks;
  ratio: number;
}

/**
 * Draws seats that a hand moves. Many seats are drawn once for the gesture, with what is half a screen away, and each frame copies
 * their pixels: a frame of 100,000 seats then costs what the screen costs. Their edges are mixed with the background while they move.
 */
export function createMovingSeats() {
  let sprite: Sprite | null = null;
  return (onto: Pixels, moving: Moving): void => {
    const { model, seats, rows, camera, by, inks, ratio } = moving;
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    if (count < fewSeats) {
      const moved = { ...camera, x: camera.x + by.x, y: camera.y + by.y };
      rasterRows(onto, { model, seats, zone: null }, rows, moved, inks, ratio);
      return;
    }
    const key = [model, rows, camera.scale, camera.x, camera.y, inks, onto.width, onto.height];
    const [dx, dy] = [Math.round(by.x), Math.round(by.y)];
    const needed = visiblePart(moving, onto, dx, dy, 0);
    if (!needed) return;
    if (!sprite || key.some((part, i) => part !== sprite?.key[i]) || !covers(sprite, needed))
      sprite = makeSprite(key, moving, visiblePart(moving, onto, dx, dy, 0.5) ?? needed);
    copy(sprite, onto, dx, dy, inks.background);
  };
}

/** The part of the moving seats that the canvas shows, and a margin around it, in pixels before the move. */
function visiblePart(
  { box, camera: { scale, x, y } }: Moving,
  { width, height }: Pixels,
  dx: number,
  dy: number,
  margin: number,
): Bounds | null {
  const edge = 10 * scale + 2;
  const left = Math.max(Math.floor(box.left * scale + x - edge), Math.floor(-dx - width * margin));
  const right = Math.min(Math.ceil(box.right * scale + x + edge), Math.ceil(width - dx + width * margin));
  const top = Math.max(Math.floor(box.top * scale + y - edge), Math.floor(-dy - height * margin));
  const bottom = Math.min(Math.ceil(box.bottom * scale + y + edge), Math.ceil(height - dy + height * margin));
  return left < right && top < bottom ? { left, right, top, bottom } : null;
}

const covers = ({ left, top, pixels }: Sprite, part: Bounds): boolean =>
  part.left >= left &&
  part.top >= top &&
  part.right <= left + pixels.width &&
  part.bottom <= top + pixels.height;

function makeSprite(
  key: readonly unknown[],
  { model, seats, rows, camera, inks, ratio }: Moving,
  { left, right, top, bottom }: Bounds,
): Sprite {
  const [width, height] = [right - left, bottom - top];
  const pixels = { words: new Uint32Array(width * height).fill(inks.background), width, height };
  const moved = { ...camera, x: camera.x - left, y: camera.y - top };
  rasterRows(pixels, { model, seats, zone: null }, rows, moved, inks, ratio);
  return { key, pixels, left, top };
}

/** Copies what is no background, and leaves the rest as it is. */
function copy({ pixels, left, top }: Sprite, onto: Pixels, dx: number, dy: number, background: number): void {
  const [firstX, firstY] = [left + dx, top + dy];
  const fromX = Math.max(0, -firstX);
  const toX = Math.min(pixels.width, onto.width - firstX);
  const fromY = Math.max(0, -firstY);
  const toY = Math.min(pixels.height, onto.height - firstY);
  for (let y = fromY; y < toY; y++) {
    let at = (y + firstY) * onto.width + fromX + firstX;
    const row = y * pixels.width;
    for (let x = row + fromX; x < row + toX; x++, at++) {
      const word = pixels.words[x] as number;
      if (word !== background) onto.words[at] = word;
    }
  }
}
