import { isFree } from '../buy/availability.ts';
import type { Camera } from './seat-camera.ts';
import { type Box, SEAT, type SeatModel } from './seat-model.ts';
import type { Scene } from './seat-paint.ts';
import type { Palette } from './seat-palette.ts';

/** The row is labelled at its ends from 16 pixels per seat on, and each free seat with its number from 20 on. */
export const ROW_LABELS = 16;
const NUMBERS = 20;

/** When zoomed in: numbers on free seats, and the row at both of its ends. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  { model, seats, selected, zone }: Scene,
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
  const shown = rows.filter((row) => zone === null || row.zone === zone);
  context.fillStyle = palette.muted;
  context.font = `600 ${Math.min(SEAT * scale * 0.5, 14)}px ${palette.font}`;
  for (const row of shown) {
    place(row.label, row.first, -SEAT);
    place(row.label, row.first + row.count - 1, SEAT);
  }
  if (scale * SEAT < NUMBERS) return;
  context.fillStyle = palette.onFree;
  context.font = `600 ${Math.min(SEAT * scale * 0.36, 15)}px ${palette.font}`;
  for (const row of shown) {
    for (const [i, { label }] of row.seats.entries()) {
      const seat = row.first + i;
      const hasSign = selected.has(seat) || model.accessible[seat] || model.companion[seat];
      if (!hasSign && isFree(seats, seat)) place(label, seat);
    }
  }
}

/** When zoomed out: the names of the sections, each in the middle of its rows. */
export function paintSections(
  context: CanvasRenderingContext2D,
  { model }: Scene,
  { scale, x: left, y: top }: Camera,
  palette: Palette,
  view: Box,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = palette.paper;
  context.lineWidth = 4;
  context.fillStyle = palette.ink;
  for (const { name, middle, width, emWidth } of namesOf(context, model, palette)) {
    if (middle.x < view.left || middle.x > view.right || middle.y < view.top || middle.y > view.bottom)
      continue;
    // Smaller in narrow sections, and left out if it would be unreadable.
    const size = Math.min(13, (width * scale - 4) / emWidth);
    if (size < 10) continue;
    context.font = `700 ${size}px ${palette.font}`;
    context.strokeText(name, middle.x * scale + left, middle.y * scale + top);
    context.fillText(name, middle.x * scale + left, middle.y * scale + top);
  }
}

interface Name {
  name: string;
  middle: { x: number; y: number };
  /** The section's width in map units, and the name's width in ems. */
  width: number;
  emWidth: number;
}

const names = new WeakMap<SeatModel, { font: string; names: Name[] }>();

/** Measured once, because text is the slowest part of the map. */
function namesOf(context: CanvasRenderingContext2D, model: SeatModel, { font }: Palette): Name[] {
  const known = names.get(model);
  if (known?.font === font) return known.names;
  context.font = `700 100px ${font}`;
  const found = model.sections.flatMap(({ name, seats, box }, section): Name[] => {
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    if (seats === 0 || !isAmongSeats(model, section, middle)) return [];
    return [{ name, middle, width: box.right - box.left, emWidth: context.measureText(name).width / 100 }];
  });
  names.set(model, { font, names: found });
  return found;
}

/** True if the middle of a section is among its seats, and not between two wings of it. */
function isAmongSeats(model: SeatModel, section: number, { x, y }: { x: number; y: number }): boolean {
  const near = 4 * SEAT;
  return model.rows.some(
    ({ section: of, box: { left, right, top, bottom } }) =>
      of === section && left - near < x && right + near > x && top - near < y && bottom + near > y,
  );
}
