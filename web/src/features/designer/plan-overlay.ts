import type { Bounds } from '../../../../seat-map/plan.ts';
import { isSeated } from '../../../../seat-map/plan.ts';
import { companionPath, wheelchairPath } from '../../ui/Icon.tsx';
import { type MapName, paintMapNames, type Spot } from '../seats/place-names.ts';
import type { Camera } from '../seats/seat-camera.ts';
import { SEAT } from '../seats/seat-model.ts';
import type { Gesture } from './desk.ts';
import { paintHandles } from './plan-handles.ts';
import { middleOf, outline, type PlanView } from './plan-paint.ts';
import type { PlanPalette as Palette } from './plan-palette.ts';
import { emptyBox, grow, type Placed, type PlanScene, signs } from './scene.ts';

/** Names of rows are drawn from this many pixels per seat on, and numbers of seats from the second figure on. */
const near = { rows: 13, seats: 19, signs: 8 };
/** More outlines than this are hard to see, and slow to draw. */
const mostOutlines = 300;

type Context = CanvasRenderingContext2D;

const inView = (box: Bounds, view: Bounds): boolean =>
  box.right > view.left && box.left < view.right && box.bottom > view.top && box.top < view.bottom;

/** Wheelchair places, companions' seats, restricted views and blocked seats. */
export function paintSigns(
  context: Context,
  scene: PlanScene,
  camera: Camera,
  palette: Palette,
  view: Bounds,
): void {
  const size = SEAT * camera.scale;
  if (size < near.signs) return;
  const wheelchair = new Path2D(wheelchairPath);
  const companion = new Path2D(companionPath);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { box, rows } of scene.objects) {
    if (!inView(box, view)) continue;
    for (const { first, count, zone } of rows) {
      for (let seat = first; seat < first + count; seat++) {
        const sign = scene.signs[seat] ?? 0;
        if (sign === 0) continue;
        const x = (scene.x[seat] ?? 0) * camera.scale + camera.x;
        const y = (scene.y[seat] ?? 0) * camera.scale + camera.y;
        context.save();
        context.translate(x, y);
        context.strokeStyle =
          (sign & signs.blocked) !== 0 ? palette.ink : (palette.onZones[zone] ?? palette.ink);
        if ((sign & (signs.accessible | signs.companion)) !== 0) {
          context.scale((size * 0.6) / 24, (size * 0.6) / 24);
          context.translate(-11.75, -12);
          context.lineWidth = 2.6;
          context.stroke((sign & signs.accessible) !== 0 ? wheelchair : companion);
        } else if ((sign & signs.blocked) !== 0) {
          context.lineWidth = Math.max(1.2, size * 0.1);
          context.beginPath();
          context.moveTo(-size * 0.22, -size * 0.22);
          context.lineTo(size * 0.22, size * 0.22);
          context.moveTo(size * 0.22, -size * 0.22);
          context.lineTo(-size * 0.22, size * 0.22);
          context.stroke();
        } else {
          // A half disc: a part of the stage is hidden.
          context.fillStyle = context.strokeStyle;
          context.beginPath();
          context.arc(0, 0, size * 0.2, Math.PI / 2, -Math.PI / 2);
          context.fill();
        }
        context.restore();
      }
    }
  }
}

/** Sections from afar; rows, tables and seats from near by. */
export function paintNames(
  context: Context,
  scene: PlanScene,
  camera: Camera,
  palette: Palette,
  view: Bounds,
): void {
  const size = SEAT * camera.scale;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const write = (text: string, x: number, y: number) =>
    context.fillText(text, x * camera.scale + camera.x, y * camera.scale + camera.y);
  if (size < near.rows) paintMapNames(context, namesOf(context, scene, palette), camera, palette, view);
  for (const placed of scene.objects) {
    const { object, box, placedRows } = placed;
    if (!isSeated(object) || !inView(box, view)) continue;
    const isTable = object.kind === 'table' || object.kind === 'box';
    if (size < (isTable ? 6 : near.rows)) continue;
    context.fillStyle = palette.muted;
    context.font = `600 ${Math.min(size * 0.5, 14)}px ${palette.font}`;
    if (object.kind === 'table') write(object.label, object.x, object.y);
    else if (object.kind === 'box') write(object.label, (box.left + box.right) / 2, box.top - SEAT * 0.5);
    else
      for (const row of placedRows) {
        const last = row.serials.length - 1;
        if (last < 0 || !row.label) continue;
        write(row.label, (row.x[0] ?? 0) - SEAT, row.y[0] ?? 0);
        write(row.label, (row.x[last] ?? 0) + SEAT, row.y[last] ?? 0);
      }
    if (size >= near.seats) paintNumbers(context, scene, placed, write, palette, view, size);
  }
}

function paintNumbers(
  context: Context,
  scene: PlanScene,
  { first, placedRows, rows }: Placed,
  write: (text: string, x: number, y: number) => void,
  palette: Palette,
  view: Bounds,
  size: number,
): void {
  context.font = `600 ${Math.min(size * 0.36, 15)}px ${palette.font}`;
  context.fillStyle = palette.onZones[rows[0]?.zone ?? 0] ?? palette.ink;
  let seat = first;
  for (const row of placedRows) {
    for (const [i, label] of row.labels.entries()) {
      const [x, y] = [row.x[i] ?? 0, row.y[i] ?? 0];
      const isPlain = (scene.signs[seat++] ?? 0) === 0;
      if (isPlain && x > view.left && x < view.right && y > view.top && y < view.bottom) write(label, x, y);
    }
  }
}

const sectionNames = new WeakMap<PlanScene, { font: string; names: MapName[] }>();
/** By font. Text is the slowest part of a frame, and each edit makes a new scene with the same names. */
const widths = new Map<string, Map<string, number>>();

function namesOf(context: Context, scene: PlanScene, { font }: Palette): MapName[] {
  const known = sectionNames.get(scene);
  if (known?.font === font) return known.names;
  const parts = new Map<string, Bounds[]>();
  for (const { object, box } of scene.objects) {
    if (!isSeated(object) && object.kind !== 'area') continue;
    const own = parts.get(object.section);
    if (own) own.push(box);
    else parts.set(object.section, [box]);
  }
  const measured = widths.get(font) ?? new Map<string, number>();
  widths.set(font, measured);
  const names = scene.document.sections.flatMap(({ key, name }): MapName[] => {
    const boxes = parts.get(key);
    if (!boxes || name === '') return [];
    const all = emptyBox();
    for (const box of boxes) grow(all, box);
    const whole = spotOf(all);
    const near = 4 * SEAT;
    // Not between two wings: there the name would stand on another section.
    const isAmong = boxes.some(
      ({ left, right, top, bottom }) =>
        left - near < whole.x && right + near > whole.x && top - near < whole.y && bottom + near > whole.y,
    );
    const spots = boxes
      .map(spotOf)
      .sort((a, b) => b.width * b.height - a.width * a.height)
      .slice(0, 6);
    let emWidth = measured.get(name);
    if (emWidth === undefined) {
      context.font = `700 100px ${font}`;
      emWidth = context.measureText(name).width / 100;
      // A name that is typed letter by letter must not fill the memory.
      if (measured.size > 2_000) measured.clear();
      measured.set(name, emWidth);
    }
    return [{ name, emWidth, spots: isAmong ? [whole, ...spots] : spots }];
  });
  sectionNames.set(scene, { font, names });
  return names;
}

const spotOf = ({ left, right, top, bottom }: Bounds): Spot => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
  width: right - left,
  height: bottom - top,
});

/** Frames around the chosen objects, a handle to turn them, and red frames around what has a problem. */
export function paintChoice(context: Context, view: PlanView, camera: Camera, palette: Palette): void {
  const { scene, chosen, gesture } = view;
  const [dx, dy] = gesture?.kind === 'move' ? [gesture.dx, gesture.dy] : [0, 0];
  const onScreen = (box: Bounds, by = 0, x = 0, y = 0): [number, number, number, number] => [
    (box.left + x) * camera.scale + camera.x - by,
    (box.top + y) * camera.scale + camera.y - by,
    (box.right - box.left) * camera.scale + 2 * by,
    (box.bottom - box.top) * camera.scale + 2 * by,
  ];
  context.lineWidth = 2;
  context.strokeStyle = palette.problem;
  context.setLineDash([4, 3]);
  for (const id of view.marked) {
    const placed = scene.byId.get(id);
    if (placed) context.strokeRect(...onScreen(placed.box, 5));
  }
  context.setLineDash([]);
  if (chosen.size === 0) return;
  const all = emptyBox();
  context.strokeStyle = palette.selected;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const id of chosen) {
    const placed = scene.byId.get(id);
    if (!placed) continue;
    grow(all, placed.box);
    if (chosen.size <= mostOutlines) context.rect(...onScreen(placed.box, 3, dx, dy));
  }
  context.stroke();
  if (all.left > all.right) return;
  if (chosen.size > 1) {
    // Without a graphics card a transparent area as large as the screen takes some milliseconds, so a hand does without it.
    if (!gesture) {
      context.globalAlpha = 0.08;
      context.fillStyle = palette.selected;
      context.fillRect(...onScreen(all, 6));
      context.globalAlpha = 1;
    }
    context.strokeRect(...onScreen(all, 6, dx, dy));
  }
  if (gesture) return;
  const objects = [...chosen].flatMap((id) => scene.byId.get(id)?.object ?? []);
  paintHandles(context, all, camera, objects, palette);
}

/** What the hand is about to do: the box around what will be selected or drawn, or the turned frame. */
export function paintGesture(
  context: Context,
  gesture: Gesture,
  around: Bounds | null,
  camera: Camera,
  palette: Palette,
): void {
  if (!gesture || gesture.kind === 'move') return;
  context.strokeStyle = palette.selected;
  context.fillStyle = palette.selected;
  context.lineWidth = 1.5;
  const corners = (box: Bounds): [number, number][] =>
    [
      [box.left, box.top],
      [box.right, box.top],
      [box.right, box.bottom],
      [box.left, box.bottom],
    ].map(([x = 0, y = 0]) => [x * camera.scale + camera.x, y * camera.scale + camera.y]);
  if (gesture.kind === 'turn') {
    if (!around) return;
    const frame = corners(around);
    const [mx, my] = middleOf(frame);
    const angle = (gesture.degrees * Math.PI) / 180;
    const turned = frame.map(([x, y]): [number, number] => [
      mx + (x - mx) * Math.cos(angle) - (y - my) * Math.sin(angle),
      my + (x - mx) * Math.sin(angle) + (y - my) * Math.cos(angle),
    ]);
    outline(context, turned);
    context.stroke();
    return void hint(context, `${Math.round(gesture.degrees)}°`, mx, my, palette);
  }
  if (gesture.kind === 'resize') {
    const frame = corners(gesture.to);
    outline(context, frame);
    context.stroke();
    const { left, right, top, bottom } = gesture.to;
    const [x, y] = middleOf(frame);
    return void hint(context, `${Math.round(right - left)} × ${Math.round(bottom - top)}`, x, y, palette);
  }
  outline(context, corners(gesture.box));
  context.globalAlpha = 0.1;
  context.fill();
  context.globalAlpha = 1;
  context.stroke();
  if (gesture.kind === 'draw' && gesture.text) {
    const [x, y] = middleOf(corners(gesture.box));
    hint(context, gesture.text, x, y, palette);
  }
}

function hint(context: Context, text: string, x: number, y: number, palette: Palette): void {
  context.font = `700 13px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const width = context.measureText(text).width + 16;
  context.fillStyle = palette.selected;
  context.beginPath();
  context.roundRect(x - width / 2, y - 13, width, 26, 13);
  context.fill();
  context.fillStyle = palette.onSelected;
  context.fillText(text, x, y);
}
