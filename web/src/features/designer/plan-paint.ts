import type { PlanObject } from '../../../../contract/plan-fields.ts';
import { cornersOf } from '../../../../seat-map/outlines.ts';
import type { Bounds } from '../../../../seat-map/plan.ts';
import type { Camera, Size } from '../seats/seat-camera.ts';
import { inksOf } from '../seats/seat-palette.ts';
import { type Pixels, type RasterModel, type RasterRow, rasterRows } from '../seats/seat-raster.ts';
import { inkOn } from '../seats/zone-colors.ts';
import type { Gesture } from './desk.ts';
import { createMovingSeats } from './moving-seats.ts';
import { paintChoice, paintGesture, paintNames, paintSigns } from './plan-overlay.ts';
import type { PlanPalette as Palette } from './plan-palette.ts';
import { boxOf, type Placed, type PlanScene } from './scene.ts';

export interface PlanView {
  scene: PlanScene;
  chosen: ReadonlySet<string>;
  /** The chosen seats alone; their ink is the one after those of the zones. */
  seats: (RasterModel & { box: Bounds }) | null;
  gesture: Gesture;
  /** Whether the grid is drawn. */
  hasGrid: boolean;
  /** The picture under the drawing, once it has loaded. */
  picture: HTMLImageElement | null;
  /** Objects with a problem. */
  marked: ReadonlySet<string>;
  stageLabel: string;
}

/** The size of a square of the drawn grid: five seats. */
const gridUnits = 50;

/**
 * Draws the plan. What stays still under a gesture is drawn once and copied for each frame of it, so a frame costs what moves
 * and not what is there.
 */
export function createPlanPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  let ground: { key: unknown[]; image: ImageData } | null = null;
  let frame: ImageData | null = null;
  let hand: { scene: PlanScene; chosen: ReadonlySet<string>; movers: Placed[]; rows: RasterRow[] } | null =
    null;
  const paintMoving = createMovingSeats();
  /** The same lists for each frame of a drag. */
  const moversOf = (scene: PlanScene, chosen: ReadonlySet<string>) => {
    if (hand?.scene === scene && hand.chosen === chosen) return hand;
    const movers = scene.objects.filter(({ object }) => chosen.has(object.id) && !object.locked);
    hand = { scene, chosen, movers, rows: movers.flatMap(({ rows }) => rows) };
    return hand;
  };

  return (view: PlanView, camera: Camera, palette: Palette, size: Size): void => {
    if (!context || canvas.width === 0 || canvas.height === 0 || size.width === 0) return;
    const ratio = canvas.width / size.width;
    const inPixels = { scale: camera.scale * ratio, x: camera.x * ratio, y: camera.y * ratio };
    const inks = inksOfPlan(palette);
    const { scene, chosen, seats, gesture, hasGrid, picture } = view;
    const isMoving = gesture?.kind === 'move' && chosen.size > 0;
    const moving = ({ object }: Placed) => isMoving && chosen.has(object.id) && !object.locked;
    // Texts are the slowest part of a frame. Under a hand they stay still, so they are drawn once. Names of what moves come back
    // with its end. Chosen seats lie under the signs, so then the signs are drawn last.
    const isBaked = gesture !== null && !seats;
    const seen = viewOf(camera, size);
    const names = (what: PlanScene) => {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      paintSigns(context, what, camera, palette, seen);
      paintNames(context, what, camera, palette, seen);
    };
    const key = [
      scene,
      palette,
      picture,
      hasGrid,
      canvas.width,
      canvas.height,
      ...Object.values(inPixels),
      isMoving && chosen,
      isBaked,
    ];
    const drawn = { model: scene, seats: scene.seats, zone: null };
    if (!ground || ground.key.some((part, i) => part !== key[i])) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = palette.sunken;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.setTransform(inPixels.scale, 0, 0, inPixels.scale, inPixels.x, inPixels.y);
      paintPicture(context, scene, picture);
      if (hasGrid) paintGrid(context, camera, palette, size);
      const still = scene.objects.filter((placed) => !moving(placed));
      for (const { object } of still) paintSolid(context, object, palette, inPixels.scale, view.stageLabel);
      const image = context.getImageData(0, 0, canvas.width, canvas.height);
      rasterRows(
        pixelsOf(image),
        drawn,
        isMoving ? still.flatMap(({ rows }) => rows) : scene.rows,
        inPixels,
        inks,
        ratio,
      );
      ground = { key, image };
      if (isBaked) {
        context.putImageData(image, 0, 0);
        names(isMoving ? { ...scene, objects: still } : scene);
        ground = { key, image: context.getImageData(0, 0, canvas.width, canvas.height) };
      }
    }
    const shift =
      gesture?.kind === 'move'
        ? {
            ...inPixels,
            x: inPixels.x + gesture.dx * inPixels.scale,
            y: inPixels.y + gesture.dy * inPixels.scale,
          }
        : inPixels;
    const { movers, rows } = isMoving ? moversOf(scene, chosen) : noMovers;
    if (movers.length > 0 || seats) {
      if (frame?.width !== ground.image.width || frame.height !== ground.image.height)
        frame = context.createImageData(canvas.width, canvas.height);
      frame.data.set(ground.image.data);
      const pixels = pixelsOf(frame);
      const box = movers.length > 0 && boxOf(scene, chosen);
      if (box)
        paintMoving(pixels, {
          model: scene,
          seats: scene.seats,
          rows,
          box,
          camera: inPixels,
          by: { x: shift.x - inPixels.x, y: shift.y - inPixels.y },
          inks,
          ratio,
        });
      if (seats)
        rasterRows(pixels, { model: seats, seats: null, zone: null }, seats.rows, shift, inks, ratio);
      context.putImageData(frame, 0, 0);
    } else context.putImageData(ground.image, 0, 0);
    context.setTransform(shift.scale, 0, 0, shift.scale, shift.x, shift.y);
    for (const { object } of movers) paintSolid(context, object, palette, shift.scale, view.stageLabel);
    if (!isBaked) names(scene);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintChoice(context, view, camera, palette);
    paintGesture(context, gesture, boxOf(scene, chosen), camera, palette);
  };
}

const noMovers = { movers: [], rows: [] };

const planInks = new WeakMap<Palette, ReturnType<typeof inksOf>>();

/** The same inks for each frame. The last one is that of chosen seats. */
function inksOfPlan(palette: Palette): ReturnType<typeof inksOf> {
  const known = planInks.get(palette);
  if (known) return known;
  const inks = inksOf({ ...palette, zones: [...palette.zones, palette.selected] });
  planInks.set(palette, inks);
  return inks;
}

const pixelsOf = (image: ImageData): Pixels => ({
  words: new Uint32Array(image.data.buffer),
  width: image.width,
  height: image.height,
});

const viewOf = ({ scale, x, y }: Camera, { width, height }: Size): Bounds => ({
  left: -x / scale,
  top: -y / scale,
  right: (width - x) / scale,
  bottom: (height - y) / scale,
});

function paintPicture(
  context: CanvasRenderingContext2D,
  { document: { background } }: PlanScene,
  picture: HTMLImageElement | null,
): void {
  if (!picture || !background) return;
  context.globalAlpha = background.opacity;
  context.drawImage(picture, background.x, background.y, background.width, background.height);
  context.globalAlpha = 1;
}

function paintGrid(context: CanvasRenderingContext2D, camera: Camera, palette: Palette, size: Size): void {
  if (gridUnits * camera.scale < 12) return;
  const { left, top, right, bottom } = viewOf(camera, size);
  context.strokeStyle = palette.line;
  context.globalAlpha = 0.22;
  context.lineWidth = 1 / camera.scale;
  context.beginPath();
  for (let x = Math.ceil(left / gridUnits) * gridUnits; x < right; x += gridUnits) {
    context.moveTo(x, top);
    context.lineTo(x, bottom);
  }
  for (let y = Math.ceil(top / gridUnits) * gridUnits; y < bottom; y += gridUnits) {
    context.moveTo(left, y);
    context.lineTo(right, y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** What is no seat: stages, shapes, texts, areas, and the tables and walls under seats. */
function paintSolid(
  context: CanvasRenderingContext2D,
  object: PlanObject,
  palette: Palette,
  scale: number,
  stageLabel: string,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  if (object.kind === 'area' || object.kind === 'stage' || object.kind === 'shape') {
    outline(context, cornersOf(object));
    context.fillStyle =
      object.kind === 'stage' ? palette.ink : object.kind === 'shape' ? object.fill : palette.paper;
    context.fill();
    if (object.kind === 'area') {
      context.strokeStyle = palette.muted;
      context.lineWidth = 2 / scale;
      context.setLineDash([6 / scale, 4 / scale]);
      context.stroke();
      context.setLineDash([]);
      return;
    }
    const label = object.label || (object.kind === 'stage' ? stageLabel : '');
    if (!label) return;
    upright(
      context,
      object,
      () => {
        context.fillStyle = object.kind === 'stage' ? palette.paper : inkOn(object.fill);
        context.font = `700 ${Math.min(object.height * 0.45, (object.width / Math.max(label.length, 4)) * 1.5)}px ${palette.font}`;
        context.fillText(label, 0, 0, object.width * 0.92);
      },
      middleOf(cornersOf(object)),
    );
  } else if (object.kind === 'text') {
    upright(
      context,
      object,
      () => {
        context.fillStyle = palette.ink;
        context.font = `600 ${object.size}px ${palette.font}`;
        context.fillText(object.text, 0, 0);
      },
      [object.x, object.y],
    );
  } else if (object.kind === 'table') {
    upright(
      context,
      object,
      () => {
        const height = object.shape === 'round' ? object.width : object.height;
        context.beginPath();
        context.roundRect(
          -object.width / 2,
          -height / 2,
          object.width,
          height,
          object.shape === 'round' ? object.width / 2 : 2,
        );
        context.fillStyle = palette.paper;
        context.fill();
        context.strokeStyle = palette.line;
        context.lineWidth = 1;
        context.stroke();
      },
      [object.x, object.y],
    );
  }
}

function upright(
  context: CanvasRenderingContext2D,
  { rotation }: PlanObject,
  draw: () => void,
  [x, y]: [number, number],
): void {
  context.save();
  context.translate(x, y);
  context.rotate((rotation * Math.PI) / 180);
  draw();
  context.restore();
}

export function outline(context: CanvasRenderingContext2D, corners: readonly [number, number][]): void {
  context.beginPath();
  for (const [x, y] of corners) context.lineTo(x, y);
  context.closePath();
}

export const middleOf = (corners: readonly [number, number][]): [number, number] => {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};
