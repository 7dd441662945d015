import { isFree } from '../buy/availability.ts';
import { type MapName, paintMapNames, type Spot } from './place-names.ts';
import type { Camera } from './seat-camera.ts';
import { type Box, type Row, SEAT, type SeatModel } from './seat-model.ts';
import type { Scene } from './seat-paint.ts';
import type { Palette } from './seat-palette.ts';
import { zoneMark } from './zone-colors.ts';

/** The row is labelled at its ends from 16 pixels per seat on, and each free seat with its number from 20 on. */
export const ROW_LABELS = 16;
export const NUMBERS = 20;

/** When zoomed in: numbers on free seats, and the row at both of its ends. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  { model, seats, selected, zone, shown }: Scene,
  rows: SeatModel['rows'],
  { scale, x: left, y: top }: Camera,
  palette: Palette,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const place = (text: string, seat: number, aside = 0) =>
    context.fillText(
      text,
      ((model.x[seat] ?? 0) + aside) * scale + left,
      (model.y[seat] ?? 0) * scale + top + 0.5,
    );
  const labelled = rows.filter((row) => zone === null || row.zone === zone);
  context.fillStyle = palette.muted;
  context.font = `600 ${Math.min(SEAT * scale * 0.5, 14)}px ${palette.font}`;
  for (const row of labelled) {
    place(row.label, row.first, -SEAT);
    place(row.label, row.first + row.count - 1, SEAT);
  }
  if (scale * SEAT < NUMBERS) return;
  context.font = `600 ${Math.min(SEAT * scale * 0.36, 15)}px ${palette.font}`;
  for (const row of labelled) {
    context.fillStyle = palette.onZones[row.zone] ?? palette.ink;
    for (const [i, { label }] of row.seats.entries()) {
      const seat = row.first + i;
      const hasSign = selected.has(seat) || model.accessible[seat] || model.companion[seat];
      if (!hasSign && shown?.[seat] !== 0 && isFree(seats, seat)) place(label, seat);
    }
  }
}

/** When zoomed out: the letter of its price zone beside each block of rows, because colours alone are not enough. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  { model, zone }: Scene,
  { scale, x: left, y: top }: Camera,
  palette: Palette,
): void {
  if (model.zones.length < 2) return;
  const ratio = context.getTransform().a;
  const radius = Math.round(Math.min(Math.max(SEAT * scale * 0.8, 6), 10));
  for (const block of blocksOf(model)) {
    if ((zone !== null && zone !== block.zone) || block.height * scale < radius * 2) continue;
    const [x, y] = [block.x * scale + left - radius - SEAT * scale * 0.7, block.y * scale + top];
    const mark = markOf(palette, block.zone, radius, ratio);
    const size = mark.width / ratio;
    // On whole pixels, so that the letter stays sharp.
    const snapped = (at: number) => Math.round((at - size / 2) * ratio) / ratio;
    context.drawImage(mark, snapped(x), snapped(y), size, size);
  }
}

const marks = new WeakMap<Palette, Map<string, HTMLCanvasElement>>();

/** A zone's letter on a disc, drawn once: a stadium has hundreds of blocks, and text is the slowest part of the map. */
function markOf(palette: Palette, zone: number, radius: number, ratio: number): HTMLCanvasElement {
  const key = `${zone} ${radius} ${ratio}`;
  const known = marks.get(palette)?.get(key);
  if (known) return known;
  const mark = document.createElement('canvas');
  const middle = radius + 1;
  mark.width = mark.height = Math.ceil(2 * middle * ratio);
  const context = mark.getContext('2d');
  if (context) {
    context.scale(ratio, ratio);
    context.beginPath();
    context.arc(middle, middle, radius, 0, Math.PI * 2);
    context.fillStyle = palette.zones[zone] ?? palette.ink;
    context.fill();
    context.strokeStyle = palette.paper;
    context.lineWidth = 1.5;
    context.stroke();
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `700 ${radius * 1.4}px ${palette.font}`;
    context.fillStyle = palette.onZones[zone] ?? palette.paper;
    context.fillText(zoneMark(zone), middle, middle + 0.5);
  }
  const ofPalette = marks.get(palette) ?? new Map<string, HTMLCanvasElement>();
  marks.set(palette, ofPalette.set(key, mark));
  return mark;
}

interface Block {
  zone: number;
  /** The first seat of its middle row. */
  x: number;
  y: number;
  height: number;
}

const blocks = new WeakMap<SeatModel, Block[]>();

/** The rows of one section and one zone that follow each other. */
function blocksOf(model: SeatModel): Block[] {
  const known = blocks.get(model);
  if (known) return known;
  const found: Block[] = [];
  const rows = model.rows.filter(({ count }) => count > 0);
  for (let from = 0; from < rows.length; ) {
    const { section, zone } = rows[from] as Row;
    let to = from;
    while (rows[to + 1]?.section === section && rows[to + 1]?.zone === zone) to++;
    const [front, middle, back] = [rows[from], rows[(from + to) >> 1], rows[to]] as [Row, Row, Row];
    found.push({
      zone,
      x: model.x[middle.first] ?? 0,
      y: model.y[middle.first] ?? 0,
      height: Math.max(front.box.bottom, back.box.bottom) - Math.min(front.box.top, back.box.top),
    });
    from = to + 1;
  }
  blocks.set(model, found);
  return found;
}

/** When zoomed out: the names of the sections, each among its rows and none over another one. */
export function paintSections(
  context: CanvasRenderingContext2D,
  { model }: Scene,
  camera: Camera,
  palette: Palette,
  view: Box,
): void {
  paintMapNames(context, namesOf(context, model, palette), camera, palette, view);
}

const names = new WeakMap<SeatModel, { font: string; names: MapName[] }>();

/** Measured once, because text is the slowest part of the map. */
function namesOf(context: CanvasRenderingContext2D, model: SeatModel, { font }: Palette): MapName[] {
  const known = names.get(model);
  if (known?.font === font) return known.names;
  context.font = `700 100px ${font}`;
  const found = model.sections.flatMap(({ name, seats, box }, section): MapName[] => {
    if (seats === 0) return [];
    const whole = spotOf(box);
    const spots = isAmongSeats(model, section, whole)
      ? [whole, ...partsOf(model, section)]
      : partsOf(model, section);
    return [{ name, spots, emWidth: context.measureText(name).width / 100 }];
  });
  names.set(model, { font, names: found });
  return found;
}

const spotOf = ({ left, right, top, bottom }: Box): Spot => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
  width: right - left,
  height: bottom - top,
});

/** The largest groups of rows of a section that follow each other and stand together. */
function partsOf(model: SeatModel, section: number): Spot[] {
  const parts: Box[] = [];
  for (const { section: of, count, box } of model.rows) {
    if (of !== section || count === 0) continue;
    const last = parts.at(-1);
    const near = 2 * SEAT;
    const isNear =
      last &&
      box.left < last.right + near &&
      box.right > last.left - near &&
      box.top < last.bottom + near &&
      box.bottom > last.top - near;
    if (!isNear) parts.push({ ...box });
    else {
      last.left = Math.min(last.left, box.left);
      last.right = Math.max(last.right, box.right);
      last.top = Math.min(last.top, box.top);
      last.bottom = Math.max(last.bottom, box.bottom);
    }
  }
  return parts
    .map(spotOf)
    .sort((a, b) => b.width * b.height - a.width * a.height)
    .slice(0, 6);
}

/** True if the middle of a section is among its seats, and not between two wings of it. */
function isAmongSeats(model: SeatModel, section: number, { x, y }: { x: number; y: number }): boolean {
  const near = 4 * SEAT;
  return model.rows.some(
    ({ section: of, box: { left, right, top, bottom } }) =>
      of === section && left - near < x && right + near > x && top - near < y && bottom + near > y,
  );
}
