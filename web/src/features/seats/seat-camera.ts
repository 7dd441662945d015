import { type Box, SEAT, type SeatModel } from './seat-model.ts';

/** The camera of the map: pixels per map unit, and the position of the map's origin in pixels. */
export interface Camera {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** What a camera shows, independent of the window's size, to restore it in another window. */
export interface View {
  /** The middle, in map units. */
  x: number;
  y: number;
  scale: number;
}

/**
 * A tap on a seat smaller than this many pixels means its section, because nobody could have meant that one seat. A
 * mouse is more exact than a finger.
 */
export const TAPPABLE = globalThis.matchMedia?.('(pointer: fine)').matches ? 10 : 13;
/** With this many pixels, a finger can hit a seat and its row is readable. */
const READABLE = 17;
/** The largest scale, in pixels per map unit. */
const CLOSEST = 6;

/** Shows a box as large as possible, and no closer than `closest` pixels per unit. */
export function fitTo(box: Box, { width, height }: Size, closest = 4, margin = 24): Camera {
  const scale = Math.min(
    Math.max(width - 2 * margin, 40) / (box.right - box.left || 1),
    Math.max(height - 2 * margin, 40) / (box.bottom - box.top || 1),
    closest,
  );
  return at({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale }, { width, height });
}

/** The space under the toolbar and above the hint, and the margin at the sides, in pixels. */
const covered = { above: 64, below: 52, margin: 24 };

/** Shows the whole box outside of what covers the map. */
export function fitWhole(box: Box, { width, height }: Size): Camera {
  const { above, below, margin } = covered;
  const camera = fitTo(box, { width, height: height - above - below + 2 * margin }, 4, margin);
  return { ...camera, y: camera.y + above - margin };
}

/** Shows a section close enough to tell its seats apart, even if it does not fit completely. */
export function fitToSection(box: Box, size: Size): Camera {
  const camera = fitTo(box, size, 2.6);
  return camera.scale * SEAT >= READABLE
    ? camera
    : at({ ...viewOf(camera, size), scale: READABLE / SEAT }, size);
}

/** Shows these seats in the middle, with the room around them, close enough to tell seats apart. */
export function fitToSeats(model: SeatModel, seats: number[], size: Size): Camera {
  const xs = seats.map((seat) => model.x[seat] ?? 0);
  const ys = seats.map((seat) => model.y[seat] ?? 0);
  const around = 6 * SEAT;
  const box: Box = {
    left: Math.min(...xs) - around,
    right: Math.max(...xs) + around,
    top: Math.min(...ys) - around,
    bottom: Math.max(...ys) + around,
  };
  return fitToSection(box, size);
}

export const at = ({ x, y, scale }: View, { width, height }: Size): Camera => ({
  scale,
  x: width / 2 - x * scale,
  y: height / 2 - y * scale,
});

export const viewOf = ({ scale, x, y }: Camera, { width, height }: Size): View => ({
  x: (width / 2 - x) / scale,
  y: (height / 2 - y) / scale,
  scale,
});

/** Zooms. The point under (px, py) stays in place. */
export function zoomed(camera: Camera, factor: number, px: number, py: number): Camera {
  const scale = camera.scale * factor;
  return {
    scale,
    x: px - ((px - camera.x) / camera.scale) * scale,
    y: py - ((py - camera.y) / camera.scale) * scale,
  };
}

/** Limits the scale, so that the map is neither tiny nor one seat large. */
export const scaleWithin = (scale: number, model: SeatModel, size: Size): number =>
  Math.min(Math.max(scale, fitTo(model.bounds, size).scale * 0.8), CLOSEST);

/** Limits the camera, so that the map stays visible. */
export function within(camera: Camera, model: SeatModel, size: Size): Camera {
  const scale = scaleWithin(camera.scale, model, size);
  const kept =
    scale === camera.scale ? camera : zoomed(camera, scale / camera.scale, size.width / 2, size.height / 2);
  const { left, top, right, bottom } = model.bounds;
  const view = viewOf(kept, size);
  const x = Math.min(Math.max(view.x, left), right);
  const y = Math.min(Math.max(view.y, top), bottom);
  return x === view.x && y === view.y ? kept : at({ x, y, scale }, size);
}

/** Moves to a seat, and zooms in if seats are too small to tell apart. */
export function showing(camera: Camera, model: SeatModel, seat: number, size: Size): Camera {
  const [x, y] = [model.x[seat] ?? 0, model.y[seat] ?? 0];
  if (camera.scale * SEAT < TAPPABLE) return at({ x, y, scale: READABLE / SEAT }, size);
  const px = x * camera.scale + camera.x;
  const py = y * camera.scale + camera.y;
  const edge = Math.min(60, size.width / 4, size.height / 4);
  const isInside = px >= edge && px <= size.width - edge && py >= edge && py <= size.height - edge;
  return isInside ? camera : at({ x, y, scale: camera.scale }, size);
}

/** A view on the way between two views, at `share` from 0 to 1, eased. */
export function between(from: View, to: View, share: number): View {
  const eased = 1 - (1 - share) ** 3;
  // Multiplies scales instead of adding, so that zooming in and out look equally fast.
  const scale = from.scale * (to.scale / from.scale) ** eased;
  // If the centre moves with the scale, the target grows in place instead of flying past.
  const isZoom = Math.abs(to.scale / from.scale - 1) > 0.001;
  const travelled = isZoom ? (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale) : eased;
  return { x: from.x + (to.x - from.x) * travelled, y: from.y + (to.y - from.y) * travelled, scale };
}
