import { wheelchairPath } from '../../ui/Icon.tsx';
import type { Snapshot } from './availability.ts';
import { isFree } from './availability.ts';
import { type Box, SEAT, type SeatModel } from './seat-model.ts';

/** What the map is drawn in: read from the design tokens, so that it follows the theme. */
export interface Palette {
  paper: string;
  sunken: string;
  line: string;
  ink: string;
  muted: string;
  free: string;
  taken: string;
  selected: string;
  onSelected: string;
  font: string;
}

/** Below so many pixels a seat the map is an overview: zones are seen before seats are. */
const OVERVIEW = 9;
/** Below so many, dots would only muddy the zones' colours. */
const DOTS = 4;

export interface Camera {
  /** Pixels per map unit. */
  scale: number;
  /** Where the map's origin is, in pixels. */
  x: number;
  y: number;
}

export interface Scene {
  model: SeatModel;
  availability: Snapshot | undefined;
  selected: ReadonlySet<number>;
  /** The only zone to show in full, or null for all. */
  zone: number | null;
  /** The seat under the keyboard or the pointer. */
  cursor: number | null;
  stageLabel: string;
}

/** Draws the whole map. Rows outside the view are left out, so that the cost follows what is seen. */
export function paint(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
  width: number,
  height: number,
): void {
  const ratio = context.canvas.width / width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.sunken;
  context.fillRect(0, 0, width, height);
  const view: Box = {
    left: -camera.x / camera.scale,
    top: -camera.y / camera.scale,
    right: (width - camera.x) / camera.scale,
    bottom: (height - camera.y) / camera.scale,
  };
  const visible = scene.model.rows.filter(
    ({ count, box }) =>
      count > 0 &&
      box.right > view.left &&
      box.left < view.right &&
      box.bottom > view.top &&
      box.top < view.bottom,
  );
  context.setTransform(ratio * camera.scale, 0, 0, ratio * camera.scale, ratio * camera.x, ratio * camera.y);
  paintStage(context, scene, palette);
  paintOutlines(context, scene, palette);
  paintBands(context, scene, visible, camera);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintSeats(context, scene, visible, camera, palette);
  if (camera.scale * SEAT >= 15) paintLabels(context, scene, visible, camera, palette);
  else paintSections(context, scene, camera, palette);
}

function paintStage(context: CanvasRenderingContext2D, { model, stageLabel }: Scene, palette: Palette): void {
  const { stage } = model.map;
  if (!stage) return;
  context.fillStyle = palette.ink;
  context.beginPath();
  context.roundRect(stage.x, stage.y, stage.width, stage.height, Math.min(stage.width, stage.height) / 6);
  context.fill();
  context.fillStyle = palette.paper;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `700 ${Math.min(stage.height * 0.45, stage.width / 6)}px ${palette.font}`;
  context.fillText(
    stage.label || stageLabel,
    stage.x + stage.width / 2,
    stage.y + stage.height / 2,
    stage.width * 0.9,
  );
}

/** Standing areas: an outline with a name, sold from a pool. */
function paintOutlines(context: CanvasRenderingContext2D, { model }: Scene, palette: Palette): void {
  for (const { outline, name } of model.map.sections) {
    if (!outline || outline.length < 3) continue;
    context.beginPath();
    for (const [x, y] of outline) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = palette.paper;
    context.fill();
    context.strokeStyle = palette.line;
    context.lineWidth = 3;
    context.stroke();
    const xs = outline.map(([x]) => x);
    const ys = outline.map(([, y]) => y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    context.fillStyle = palette.ink;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `700 ${Math.min((right - left) / 7, 60)}px ${palette.font}`;
    context.fillText(name, (left + right) / 2, (Math.min(...ys) + Math.max(...ys)) / 2);
  }
}

/** Behind each row a band in its zone's colour: the price can be seen while green and grey say what is free. */
function paintBands(
  context: CanvasRenderingContext2D,
  { model, zone }: Scene,
  rows: SeatModel['rows'],
  { scale }: Camera,
): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = SEAT * 1.18;
  for (const [index, { color }] of model.zones.entries()) {
    context.strokeStyle = color;
    context.globalAlpha = zone !== null && zone !== index ? 0.08 : scale * SEAT < OVERVIEW ? 0.85 : 0.34;
    context.beginPath();
    for (const row of rows) {
      if (row.zone !== index) continue;
      for (let seat = row.first; seat < row.first + row.count; seat++) {
        const x = model.x[seat] ?? 0;
        const y = model.y[seat] ?? 0;
        const gap =
          seat === row.first ||
          Math.hypot(x - (model.x[seat - 1] ?? 0), y - (model.y[seat - 1] ?? 0)) > SEAT * 1.7;
        if (gap) {
          context.moveTo(x, y);
          context.lineTo(x + 0.01, y);
        } else context.lineTo(x, y);
      }
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

type Kind = 'free' | 'taken' | 'selected';

function paintSeats(
  context: CanvasRenderingContext2D,
  scene: Scene,
  rows: SeatModel['rows'],
  camera: Camera,
  palette: Palette,
): void {
  const { model, availability, selected, zone, cursor } = scene;
  const seats = availability?.seats ?? null;
  const { scale } = camera;
  const overview = scale * SEAT < OVERVIEW;
  const size = SEAT * scale * (overview ? 0.5 : 0.8);
  const sprites = overview
    ? null
    : spritesFor(size, palette, context.canvas.width / context.canvas.clientWidth || 1);
  // From very far a free seat is its zone's band, and only what is taken is drawn over it.
  const kinds: Kind[] = scale * SEAT < DOTS ? ['taken', 'selected'] : ['taken', 'free', 'selected'];
  for (const kind of kinds) {
    context.fillStyle = palette[kind];
    for (const row of rows) {
      const dim = zone !== null && row.zone !== zone;
      context.globalAlpha = dim ? 0.18 : 1;
      for (let seat = row.first; seat < row.first + row.count; seat++) {
        const is: Kind = selected.has(seat) ? 'selected' : isFree(seats, seat) ? 'free' : 'taken';
        if (is !== kind) continue;
        const x = (model.x[seat] ?? 0) * scale + camera.x;
        const y = (model.y[seat] ?? 0) * scale + camera.y;
        if (!sprites) {
          const dot =
            kind === 'taken'
              ? SEAT * scale * 1.1
              : kind === 'selected'
                ? Math.max(size * 2, 5)
                : Math.max(size, 1);
          context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
          continue;
        }
        const sprite = sprites[model.accessible[seat] ? (`${kind}Wheelchair` as const) : kind];
        context.drawImage(sprite.image, x - sprite.half, y - sprite.half, sprite.half * 2, sprite.half * 2);
      }
    }
  }
  context.globalAlpha = 1;
  if (cursor !== null) {
    context.strokeStyle = palette.ink;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(
      (model.x[cursor] ?? 0) * scale + camera.x,
      (model.y[cursor] ?? 0) * scale + camera.y,
      Math.max(size / 2 + 3, 7),
      0,
      Math.PI * 2,
    );
    context.stroke();
  }
}

interface Sprite {
  image: HTMLCanvasElement;
  /** Half of its side, in CSS pixels. */
  half: number;
}
type SpriteName = Kind | `${Kind}Wheelchair`;

let cached: { key: string; sprites: Record<SpriteName, Sprite> } | null = null;

/** Each state once, at this size: copying a picture is many times cheaper than drawing arcs and glyphs. */
function spritesFor(size: number, palette: Palette, ratio: number): Record<SpriteName, Sprite> {
  const rounded = Math.max(3, Math.round(size * 2) / 2);
  const key = [rounded, ratio, palette.free, palette.taken, palette.selected].join();
  if (cached?.key === key) return cached.sprites;
  const make = (kind: Kind, wheelchair: boolean): Sprite => {
    const half = rounded / 2 + 1;
    const image = document.createElement('canvas');
    image.width = image.height = Math.ceil(half * 2 * ratio);
    const context = image.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(
      image.width / (half * 2),
      0,
      0,
      image.height / (half * 2),
      image.width / 2,
      image.height / 2,
    );
    drawSeat(context, kind, wheelchair, rounded / 2, palette);
    return { image, half };
  };
  const sprites = {
    free: make('free', false),
    taken: make('taken', false),
    selected: make('selected', false),
    freeWheelchair: make('free', true),
    takenWheelchair: make('taken', true),
    selectedWheelchair: make('selected', true),
  };
  cached = { key, sprites };
  return sprites;
}

/** Shape as well as colour: free is a disc, taken a small ring, selected a rounded square with a tick. */
function drawSeat(
  context: CanvasRenderingContext2D,
  kind: Kind,
  wheelchair: boolean,
  radius: number,
  palette: Palette,
): void {
  context.fillStyle = palette[kind];
  context.strokeStyle = palette[kind];
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  if (kind === 'selected') context.roundRect(-radius, -radius, radius * 2, radius * 2, radius * 0.45);
  else context.arc(0, 0, kind === 'taken' ? radius * 0.5 : radius * (wheelchair ? 0.94 : 1), 0, Math.PI * 2);
  context.fill();
  if (kind === 'selected') {
    context.strokeStyle = palette.onSelected;
    context.lineWidth = Math.max(1.2, radius * 0.28);
    context.beginPath();
    context.moveTo(-radius * 0.45, 0);
    context.lineTo(-radius * 0.1, radius * 0.4);
    context.lineTo(radius * 0.5, -radius * 0.4);
    context.stroke();
  } else if (wheelchair) {
    // The sign of the legend, 24 units wide, in a disc.
    const unit = (radius * 1.5) / 24;
    context.scale(unit, unit);
    context.translate(-11.5, -12);
    context.strokeStyle = kind === 'free' ? palette.paper : palette.ink;
    context.lineWidth = 2.4;
    context.stroke(new Path2D(wheelchairPath));
  }
}

/** Close by: numbers on free seats, and the row at both of its ends. */
function paintLabels(
  context: CanvasRenderingContext2D,
  { model, availability, selected, zone }: Scene,
  rows: SeatModel['rows'],
  camera: Camera,
  palette: Palette,
): void {
  const { scale } = camera;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const numbers = scale * SEAT >= 20;
  for (const row of rows) {
    if (zone !== null && row.zone !== zone) continue;
    context.fillStyle = palette.muted;
    context.font = `600 ${Math.min(SEAT * scale * 0.55, 14)}px ${palette.font}`;
    for (const [seat, side] of [
      [row.first, -1],
      [row.first + row.count - 1, 1],
    ] as const) {
      context.fillText(
        row.label,
        ((model.x[seat] ?? 0) + side * SEAT * 1.15) * scale + camera.x,
        (model.y[seat] ?? 0) * scale + camera.y,
      );
    }
    if (!numbers) continue;
    context.fillStyle = palette.paper;
    context.font = `600 ${Math.min(SEAT * scale * 0.36, 15)}px ${palette.font}`;
    for (let i = 0; i < row.count; i++) {
      const seat = row.first + i;
      if (selected.has(seat) || model.accessible[seat] || !isFree(availability?.seats ?? null, seat))
        continue;
      context.fillText(
        row.seats[i]?.label ?? '',
        (model.x[seat] ?? 0) * scale + camera.x,
        (model.y[seat] ?? 0) * scale + camera.y + 0.5,
      );
    }
  }
}

/** From afar: the names of the sections, each in the middle of its rows. */
function paintSections(
  context: CanvasRenderingContext2D,
  { model }: Scene,
  camera: Camera,
  palette: Palette,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = palette.paper;
  context.lineWidth = 4;
  for (const [index, { name }] of model.map.sections.entries()) {
    const box = sectionBox(model, index);
    if (!box || !isAmongSeats(model, index, box)) continue;
    context.font = `700 13px ${palette.font}`;
    // Smaller where the section is narrow, and left out where it could not be read.
    const size = Math.min(
      13,
      (13 * ((box.right - box.left) * camera.scale - 4)) / context.measureText(name).width,
    );
    if (size < 10) continue;
    context.font = `700 ${size}px ${palette.font}`;
    const x = ((box.left + box.right) / 2) * camera.scale + camera.x;
    const y = ((box.top + box.bottom) / 2) * camera.scale + camera.y;
    context.strokeText(name, x, y);
    context.fillStyle = palette.ink;
    context.fillText(name, x, y);
  }
}

/** Whether the middle of a section is where its seats are, and not between two wings of it. */
function isAmongSeats(model: SeatModel, section: number, box: Box): boolean {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const near = 4 * SEAT;
  return model.rows.some(
    ({ section: of, box: { left, right, top, bottom } }) =>
      of === section && left - near < x && right + near > x && top - near < y && bottom + near > y,
  );
}

const boxes = new WeakMap<SeatModel, Map<number, Box>>();

function sectionBox(model: SeatModel, section: number): Box | undefined {
  let known = boxes.get(model);
  if (!known) {
    known = new Map();
    for (const row of model.rows) {
      if (row.count === 0) continue;
      const box = known.get(row.section);
      known.set(row.section, {
        left: Math.min(box?.left ?? Infinity, row.box.left),
        top: Math.min(box?.top ?? Infinity, row.box.top),
        right: Math.max(box?.right ?? -Infinity, row.box.right),
        bottom: Math.max(box?.bottom ?? -Infinity, row.box.bottom),
      });
    }
    boxes.set(model, known);
  }
  return known.get(section);
}
