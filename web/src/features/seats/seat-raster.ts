import { isFree } from '../buy/availability.ts';
import type { Camera } from './seat-camera.ts';
import { SEAT, type SeatModel } from './seat-model.ts';

/**
 * Draws seats by computing each pixel. A seat is two discs: a wide one in its zone's colour, which joins its
 * neighbours' to a band along the row, and on it one that says free (large, in the zone's colour) or taken (small, grey). A canvas without a
 * graphics card takes up to two seconds to stroke and fill a hundred thousand such shapes; this takes a few
 * milliseconds for any view, and nothing needs to be cached, kept in step or thrown away (docs/seat-map.md).
 *
 * A colour is a word of the pixels' memory: 0xAABBGGRR.
 */
export interface SeatInks {
  background: number;
  taken: number;
  /** By zone. A free seat has the colour of its zone at every distance. */
  zones: number[];
}

/** What of a room is drawn pixel by pixel. */
export interface RasterModel {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  rows: RasterRow[];
}

/** Neighbours of one zone: their seats follow each other in the model. */
export type RasterRow = Pick<SeatModel['rows'][number], 'first' | 'count' | 'zone' | 'box'>;

export interface SeatScene<Model extends RasterModel = SeatModel> {
  model: Model;
  /** One bit per seat, 1 is free; null if unknown. */
  seats: Uint8Array | null;
  /** The only zone to show in full, or null for all. */
  zone: number | null;
  /** One byte per seat, 1 for a seat to show in full; null or left out for all (seat-filter.ts). */
  shown?: Uint8Array | null;
}

export interface Pixels {
  words: Uint32Array;
  width: number;
  height: number;
}

/** Half of the band along a row, in map units. It leaves a gap to the next row, 16 units away. */
const BAND = 6.6;

/** The camera's pixels are the canvas's and not the page's. */
export function rasterSeats(
  pixels: Pixels,
  scene: SeatScene<RasterModel>,
  camera: Camera,
  inks: SeatInks,
  ratio = 1,
): void {
  pixels.words.fill(inks.background);
  rasterRows(pixels, scene, scene.model.rows, camera, inks, ratio);
}

/** Draws some rows onto the picture so far. The designer draws the rows that move with a camera of their own. */
export function rasterRows(
  pixels: Pixels,
  scene: SeatScene<RasterModel>,
  rows: Iterable<RasterRow>,
  camera: Camera,
  inks: SeatInks,
  ratio = 1,
): void {
  const { model, seats, zone, shown = null } = scene;
  const { scale, x: left, y: top } = camera;
  const look = lookAt((SEAT * scale) / ratio);
  const radii = { band: BAND * scale, free: look.free * SEAT * scale, taken: look.taken * SEAT * scale };
  // When zoomed out, taken seats cover their part of the band, so it need not be drawn.
  const isCovered = radii.taken > 0.85 * radii.band;
  for (const { first, count, zone: rowZone, box } of rows) {
    if (
      box.right * scale + left < -radii.band ||
      box.left * scale + left > pixels.width + radii.band ||
      box.bottom * scale + top < -radii.band ||
      box.top * scale + top > pixels.height + radii.band
    )
      continue;
    // What is outside of the filter stays as a shadow, so that the room keeps its shape.
    const full = inksAt(inks, rowZone, look.band, zone !== null && zone !== rowZone ? shadow : 1);
    const faint = shown ? inksAt(inks, rowZone, look.band, shadow) : full;
    const xOf = (seat: number) => (model.x[seat] as number) * scale + left;
    const yOf = (seat: number) => (model.y[seat] as number) * scale + top;
    for (let seat = first; seat < first + count; seat++) {
      if (isCovered && !isFree(seats, seat)) continue;
      disc(pixels, xOf(seat), yOf(seat), radii.band, shown?.[seat] === 0 ? faint.band : full.band);
    }
    // After the whole band: if seats are close together, a neighbour's part of the band would cut into a seat.
    for (let seat = first; seat < first + count; seat++) {
      const is = isFree(seats, seat);
      const { free, taken } = shown?.[seat] === 0 ? faint : full;
      disc(pixels, xOf(seat), yOf(seat), is ? radii.free : radii.taken, is ? free : taken);
    }
  }
}

const shadow = 0.16;

function inksAt({ background, zones, taken }: SeatInks, zone: number, band: number, strength: number) {
  const ink = zones[zone] ?? taken;
  return {
    band: mix(background, ink, Math.round(band * strength * 256)),
    free: mix(background, ink, Math.round(strength * 256)),
    taken: mix(background, taken, Math.round(strength * 256)),
  };
}

/**
 * How seats look at `size` page pixels each. When zoomed out, the zones are solid, and taken seats cover them in grey.
 * When zoomed in, the zone is a tint behind its free seats, which are discs of its colour.
 */
function lookAt(size: number): { band: number; free: number; taken: number } {
  const near = Math.min(Math.max((size - 4) / 6, 0), 1);
  return { band: 0.85 - 0.6 * near, free: 0.42 * near, taken: 0.6 - 0.4 * near };
}

/** A disc about (x, y) in pixels with a smooth edge; nothing without a radius. */
function disc({ words, width, height }: Pixels, x: number, y: number, radius: number, ink: number): void {
  if (radius <= 0) return;
  const reach = radius + 0.5;
  // `| 0` rounds towards zero, which is good enough, because pixels outside the picture are cut off anyway.
  const fromX = Math.max(0, (x - reach + 0.5) | 0);
  const toX = Math.min(width - 1, (x + reach - 0.5) | 0);
  const fromY = Math.max(0, (y - reach + 0.5) | 0);
  const toY = Math.min(height - 1, (y + reach - 0.5) | 0);
  const reach2 = reach * reach;
  const solid2 = radius > 0.5 ? (radius - 0.5) * (radius - 0.5) : 0;
  const edge = 256 / (reach2 - solid2);
  for (let py = fromY; py <= toY; py++) {
    const dy = py + 0.5 - y;
    let at = py * width + fromX;
    for (let px = fromX; px <= toX; px++, at++) {
      const dx = px + 0.5 - x;
      const d2 = dx * dx + dy * dy;
      if (d2 <= solid2) words[at] = ink;
      // The background shows through the edge by the square of the distance, which looks the same as by the distance.
      else if (d2 < reach2) words[at] = mix(ink, words[at] as number, ((d2 - solid2) * edge) | 0);
    }
  }
}

/** `share` of 256 parts of `b`, the rest of `a`; opaque. */
function mix(a: number, b: number, share: number): number {
  const rest = 256 - share;
  const redBlue = (Math.imul(a & 0xff00ff, rest) + Math.imul(b & 0xff00ff, share)) >>> 8;
  const green = (Math.imul(a & 0xff00, rest) + Math.imul(b & 0xff00, share)) >>> 8;
  return (0xff000000 | (redBlue & 0xff00ff) | (green & 0xff00)) >>> 0;
}
