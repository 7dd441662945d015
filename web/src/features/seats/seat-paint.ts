import { companionPath, wheelchairPath } from '../../ui/Icon.tsx';
import { isFree } from '../buy/availability.ts';
import { type Camera, type Size, TAPPABLE } from './seat-camera.ts';
import { fewShown } from './seat-filter.ts';
import { NUMBERS, paintLabels, paintMarks, paintSections, ROW_LABELS } from './seat-labels.ts';
import { type Box, rowOf, SEAT } from './seat-model.ts';
import { inksOf, type Palette } from './seat-palette.ts';
import { type Pixels, rasterSeats, type SeatScene } from './seat-raster.ts';
import { restrictedPath } from './seat-signs.ts';

export interface Scene extends SeatScene {
  selected: ReadonlySet<number>;
  /** The seat under the keyboard. */
  cursor: number | null;
  /** Seats that have just changed, with the visible share of their old state: 1 to 0. */
  fading: ReadonlyMap<number, number>;
  /** Whether the letters of the zones are drawn. */
  marked: boolean;
  /** By standing area: the line under its name. */
  areaLines: string[];
  stageLabel: string;
}

/** From this many pixels per seat on, signs are readable. */
const SIGNS = 9;

/** Draws the whole map: the seats pixel by pixel, then texts and marks on them. */
export function createPainter(canvas: HTMLCanvasElement) {
  // We write the pixels ourselves, so on a graphics card they would only be copied back and forth.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  let image: ImageData | null = null;
  return (scene: Scene, camera: Camera, palette: Palette, size: Size): void => {
    if (!context || canvas.width === 0 || canvas.height === 0) return;
    if (image?.width !== canvas.width || image.height !== canvas.height)
      image = context.createImageData(canvas.width, canvas.height);
    const ratio = canvas.width / size.width;
    const pixels: Pixels = {
      words: new Uint32Array(image.data.buffer),
      width: image.width,
      height: image.height,
    };
    const inPixels = { scale: camera.scale * ratio, x: camera.x * ratio, y: camera.y * ratio };
    rasterSeats(pixels, scene, inPixels, inksOf(palette), ratio);
    context.putImageData(image, 0, 0);
    context.setTransform(inPixels.scale, 0, 0, inPixels.scale, inPixels.x, inPixels.y);
    paintStage(context, scene, palette);
    paintAreas(context, scene, inPixels, palette);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintOver(context, scene, camera, palette, size);
  };
}

function paintOver(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
  { width, height }: Size,
): void {
  const view: Box = {
    left: -camera.x / camera.scale,
    top: -camera.y / camera.scale,
    right: (width - camera.x) / camera.scale,
    bottom: (height - camera.y) / camera.scale,
  };
  paintFading(context, scene, camera, palette);
  if (scene.marked && camera.scale * SEAT < ROW_LABELS) paintMarks(context, scene, camera, palette);
  if (camera.scale * SEAT >= SIGNS) paintSigns(context, scene, camera, palette, view);
  else if (scene.shown) paintFound(context, scene, camera, palette);
  if (camera.scale * SEAT >= ROW_LABELS) {
    const rows = scene.model.rows.filter(({ count, box }) => count > 0 && touches(box, view));
    paintLabels(context, scene, rows, camera, palette);
  } else if (camera.scale * SEAT < TAPPABLE) paintSections(context, scene, camera, palette, view);
  paintSelected(context, scene, camera, palette);
  paintCursor(context, scene, camera, palette);
}

const touches = (a: Box, b: Box): boolean =>
  a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;

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

/** Standing areas: a dashed outline with a name and what its places cost. */
function paintAreas(
  context: CanvasRenderingContext2D,
  { model, areaLines }: Scene,
  { scale }: Camera,
  palette: Palette,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const [index, { section, name, outline }] of model.areas.entries()) {
    const box = model.sections[section]?.box;
    if (!box) continue;
    context.beginPath();
    for (const [x, y] of outline) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = palette.paper;
    context.fill();
    context.strokeStyle = palette.muted;
    context.lineWidth = 2 / scale;
    context.setLineDash([6 / scale, 4 / scale]);
    context.stroke();
    context.setLineDash([]);
    const [width, x, y] = [box.right - box.left, (box.left + box.right) / 2, (box.top + box.bottom) / 2];
    // At most 24 pixels on the screen, and never wider than the area.
    const size = Math.min(width / 7, 24 / scale);
    context.fillStyle = palette.ink;
    context.font = `700 ${size}px ${palette.font}`;
    context.fillText(name, x, y - size * 0.6, width * 0.9);
    context.font = `500 ${size * 0.8}px ${palette.font}`;
    context.fillText(areaLines[index] ?? '', x, y + size * 0.6, width * 0.9);
  }
}

/** Draws a seat's old state over the new one, fading. */
function paintFading(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
): void {
  const { model, seats, fading } = scene;
  for (const [seat, share] of fading) {
    const wasFree = !isFree(seats, seat);
    context.globalAlpha = share;
    context.fillStyle = wasFree ? (palette.zones[rowOf(model, seat).zone] ?? palette.taken) : palette.taken;
    context.beginPath();
    context.arc(
      ...centreOf(model, seat, camera),
      SEAT * camera.scale * (wasFree ? 0.4 : 0.3),
      0,
      Math.PI * 2,
    );
    context.fill();
  }
  context.globalAlpha = 1;
}

type Model = Scene['model'];

const centreOf = (model: Model, seat: number, { scale, x, y }: Camera): [number, number] => [
  (model.x[seat] ?? 0) * scale + x,
  (model.y[seat] ?? 0) * scale + y,
];

const signed = new WeakMap<Model, number[]>();

/** The seats with a sign: a few of thousands, found once. */
function signedSeats(model: Model): number[] {
  let seats = signed.get(model);
  if (!seats) {
    seats = [];
    for (let seat = 0; seat < model.count; seat++)
      if (model.accessible[seat] || model.companion[seat] || model.restricted[seat]) seats.push(seat);
    signed.set(model, seats);
  }
  return seats;
}

/** From a distance: the few free seats that a filter shows, large enough to be found. */
function paintFound(
  context: CanvasRenderingContext2D,
  { model, seats, selected, zone, shown }: Scene,
  camera: Camera,
  palette: Palette,
): void {
  for (const seat of fewShown(shown ?? new Uint8Array())) {
    const ofZone = rowOf(model, seat).zone;
    if (selected.has(seat) || !isFree(seats, seat) || (zone !== null && zone !== ofZone)) continue;
    context.beginPath();
    context.arc(...centreOf(model, seat, camera), Math.max(SEAT * camera.scale * 0.5, 4), 0, Math.PI * 2);
    context.fillStyle = palette.zones[ofZone] ?? palette.ink;
    context.fill();
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
}

let signPaths: { wheelchair: Path2D; companion: Path2D; restricted: Path2D } | null = null;

/** Wheelchair places, their companions' seats and restricted views, with the legend's signs. */
function paintSigns(
  context: CanvasRenderingContext2D,
  { model, seats, selected, zone, shown }: Scene,
  camera: Camera,
  palette: Palette,
  view: Box,
): void {
  signPaths ??= {
    wheelchair: new Path2D(wheelchairPath),
    companion: new Path2D(companionPath),
    restricted: new Path2D(restrictedPath),
  };
  const size = SEAT * camera.scale;
  const unit = (size * 0.6) / 24;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = 2.6;
  for (const seat of signedSeats(model)) {
    const [mapX, mapY] = [model.x[seat] ?? 0, model.y[seat] ?? 0];
    if (mapX < view.left || mapX > view.right || mapY < view.top || mapY > view.bottom) continue;
    if (selected.has(seat)) continue;
    const [x, y] = centreOf(model, seat, camera);
    context.save();
    const isShown = shown?.[seat] !== 0 && (zone === null || model.rows[model.row[seat] ?? 0]?.zone === zone);
    context.globalAlpha = isShown ? 1 : 0.25;
    const ink = palette.onZones[rowOf(model, seat).zone] ?? palette.ink;
    context.strokeStyle = isFree(seats, seat) ? ink : palette.ink;
    const sign = model.accessible[seat] ? 'wheelchair' : model.companion[seat] ? 'companion' : 'restricted';
    // A restricted view has its sign below the number.
    const isBelow = sign === 'restricted' && size >= NUMBERS;
    context.translate(x, isBelow ? y + size * 0.28 : y);
    context.scale(isBelow ? unit / 2 : unit, isBelow ? unit / 2 : unit);
    context.translate(-11.75, -12);
    context.stroke(signPaths[sign]);
    context.restore();
  }
}

/** A chosen seat: a rounded square with a tick, large enough to be seen when zoomed out. */
function paintSelected(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
): void {
  const radius = Math.max(SEAT * camera.scale * 0.44, 4);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const seat of scene.selected) {
    const [x, y] = centreOf(scene.model, seat, camera);
    context.fillStyle = palette.selected;
    context.beginPath();
    context.roundRect(x - radius, y - radius, radius * 2, radius * 2, radius * 0.45);
    context.fill();
    context.strokeStyle = palette.onSelected;
    context.lineWidth = Math.max(1.2, radius * 0.28);
    context.beginPath();
    context.moveTo(x - radius * 0.45, y);
    context.lineTo(x - radius * 0.1, y + radius * 0.4);
    context.lineTo(x + radius * 0.5, y - radius * 0.4);
    context.stroke();
  }
}

function paintCursor(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  palette: Palette,
): void {
  if (scene.cursor === null) return;
  context.strokeStyle = palette.ink;
  context.lineWidth = 2.5;
  context.beginPath();
  const radius = Math.max(SEAT * camera.scale * 0.5 + 3, 7);
  context.arc(...centreOf(scene.model, scene.cursor, camera), radius, 0, Math.PI * 2);
  context.stroke();
}
