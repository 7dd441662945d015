import type { PlanObject, SeatPlanDocument } from '../../../../contract/plan-fields.ts';
import { boundsOf } from '../../../../seat-map/outlines.ts';
import { marksOf, placeRows } from '../../../../seat-map/place-seats.ts';
import type { Bounds, PlacedRow, SeatsOfRow } from '../../../../seat-map/plan.ts';
import { isSeated } from '../../../../seat-map/plan.ts';
import { SEAT } from '../seats/seat-model.ts';
import type { RasterModel, RasterRow } from '../seats/seat-raster.ts';

/**
 * The plan as the canvas draws it: all seats in flat arrays, and each object with its part of them. An object that a command
 * leaves alone keeps its identity, so its part is computed once. Putting the parts together takes 2 ms for 100,000 seats.
 */
export interface PlanScene extends RasterModel {
  document: SeatPlanDocument;
  objects: Placed[];
  byId: ReadonlyMap<string, Placed>;
  count: number;
  /** One bit per seat: 1 is on sale, 0 is kept off sale. */
  seats: Uint8Array;
  signs: Uint8Array;
  /** Everything that is drawn, and at least the plan's own size. */
  bounds: Bounds;
}

/** One object of the plan in the scene. */
export interface Placed {
  object: PlanObject;
  box: Bounds;
  /** Its seats in the flat arrays. */
  first: number;
  count: number;
  rows: RasterRow[];
  placedRows: readonly PlacedRow[];
}

/** What is special about a seat, as bits. */
export const signs = { accessible: 1, companion: 2, restrictedView: 4, blocked: 8 } as const;

interface Part {
  box: Bounds;
  x: Float64Array;
  y: Float64Array;
  signs: Uint8Array;
  runs: { from: number; count: number; zone: string; box: Bounds }[];
  placedRows: readonly PlacedRow[];
}

const parts = new WeakMap<PlanObject, Part>();
const scenes = new WeakMap<SeatPlanDocument, PlanScene>();

export function sceneOf(document: SeatPlanDocument): PlanScene {
  const known = scenes.get(document);
  if (known) return known;
  const zoneIndex = new Map(document.zones.map(({ key }, index) => [key, index]));
  const all = document.objects.map((object) => ({ object, part: partOf(object) }));
  const count = all.reduce((sum, { part }) => sum + part.x.length, 0);
  const scene: PlanScene = {
    document,
    objects: [],
    byId: new Map(),
    count,
    x: new Float64Array(count),
    y: new Float64Array(count),
    rows: [],
    seats: new Uint8Array(Math.ceil(count / 8)).fill(255),
    signs: new Uint8Array(count),
    bounds: { left: 0, top: 0, right: document.width, bottom: document.height },
  };
  const byId = scene.byId as Map<string, Placed>;
  let first = 0;
  for (const { object, part } of all) {
    (scene.x as Float64Array).set(part.x, first);
    (scene.y as Float64Array).set(part.y, first);
    scene.signs.set(part.signs, first);
    const rows = part.runs.map(
      ({ from, count: length, zone, box }): RasterRow => ({
        first: first + from,
        count: length,
        zone: zoneIndex.get(zone) ?? -1,
        box,
      }),
    );
    const placed = {
      object,
      box: part.box,
      first,
      count: part.x.length,
      rows,
      placedRows: part.placedRows,
    };
    scene.objects.push(placed);
    byId.set(object.id, placed);
    scene.rows.push(...rows);
    for (let seat = 0; seat < part.signs.length; seat++) {
      const at = first + seat;
      if (((part.signs[seat] ?? 0) & signs.blocked) !== 0)
        scene.seats[at >> 3] = (scene.seats[at >> 3] ?? 0) & ~(1 << (at & 7));
    }
    grow(scene.bounds, part.box);
    first += part.x.length;
  }
  scenes.set(document, scene);
  return scene;
}

const withoutTaken = new WeakMap<PlanScene, { taken: ReadonlySet<string>; scene: PlanScene }>();

/** The scene with the seats that somebody has shown as taken. `taken` has the keys of seats. */
export function withTaken(scene: PlanScene, taken: ReadonlySet<string>): PlanScene {
  if (taken.size === 0) return scene;
  const known = withoutTaken.get(scene);
  if (known?.taken === taken) return known.scene;
  const seats = scene.seats.slice();
  for (const { first, placedRows } of scene.objects) {
    let seat = first;
    for (const { stem, serials } of placedRows)
      for (const serial of serials) {
        if (taken.has(`${stem}${serial}`)) seats[seat >> 3] = (seats[seat >> 3] ?? 0) & ~(1 << (seat & 7));
        seat++;
      }
  }
  const shown = { ...scene, seats };
  withoutTaken.set(scene, { taken, scene: shown });
  return shown;
}

function partOf(object: PlanObject): Part {
  const known = parts.get(object);
  if (known) return known;
  const placedRows = isSeated(object) ? placeRows(object) : [];
  const count = placedRows.reduce((sum, { serials }) => sum + serials.length, 0);
  const part: Part = {
    box: boundsOf(object),
    x: new Float64Array(count),
    y: new Float64Array(count),
    signs: new Uint8Array(count),
    runs: [],
    placedRows,
  };
  const ownZone = isSeated(object) ? object.zone : '';
  let at = 0;
  for (const row of placedRows) {
    const marks = isSeated(object) ? marksOf(object, row.id) : {};
    let run = null as Part['runs'][number] | null;
    for (const [i, serial] of row.serials.entries()) {
      const [x, y] = [row.x[i] ?? 0, row.y[i] ?? 0];
      const mark = marks?.[serial];
      const zone = mark?.zone ?? ownZone;
      if (run?.zone !== zone) {
        run = { from: at, count: 0, zone, box: emptyBox() };
        part.runs.push(run);
      }
      run.count++;
      grow(run.box, { left: x - SEAT / 2, right: x + SEAT / 2, top: y - SEAT / 2, bottom: y + SEAT / 2 });
      part.x[at] = x;
      part.y[at] = y;
      if (mark)
        part.signs[at] =
          (mark.accessible ? signs.accessible : 0) |
          (mark.companion ? signs.companion : 0) |
          (mark.restrictedView ? signs.restrictedView : 0) |
          (mark.blocked ? signs.blocked : 0);
      at++;
    }
  }
  parts.set(object, part);
  return part;
}

export const emptyBox = (): Bounds => ({
  left: Infinity,
  top: Infinity,
  right: -Infinity,
  bottom: -Infinity,
});

export function grow(box: Bounds, other: Bounds): void {
  box.left = Math.min(box.left, other.left);
  box.top = Math.min(box.top, other.top);
  box.right = Math.max(box.right, other.right);
  box.bottom = Math.max(box.bottom, other.bottom);
}

/** The box around some objects; null if none of them is in the plan. */
export function boxOf(scene: PlanScene, ids: Iterable<string>): Bounds | null {
  const box = emptyBox();
  for (const id of ids) {
    const placed = scene.byId.get(id);
    if (placed) grow(box, placed.box);
  }
  return box.left <= box.right ? box : null;
}

/** Chosen seats by object and row: the serials. */
export type SeatChoice = ReadonlyMap<string, ReadonlySet<number>>;

export const rowKey = (object: string, row: string): string => `${object}/${row}`;

export const seatsOfChoice = (choice: SeatChoice): SeatsOfRow[] =>
  [...choice].map(([key, serials]) => {
    const [object = '', row = ''] = key.split('/');
    return { object, row, seats: [...serials] };
  });

export const countChosen = (choice: SeatChoice): number =>
  [...choice.values()].reduce((sum, serials) => sum + serials.size, 0);

/** The chosen seats alone, to draw them over the others in one ink. */
export function chosenSeats(
  scene: PlanScene,
  choice: SeatChoice,
  ink: number,
): RasterModel & { box: Bounds } {
  const [x, y]: [number[], number[]] = [[], []];
  const rows: RasterRow[] = [];
  const all = emptyBox();
  for (const { object, placedRows } of ofChoice(scene, choice)) {
    for (const row of placedRows) {
      const serials = choice.get(rowKey(object.id, row.id));
      if (!serials) continue;
      const first = x.length;
      const box = emptyBox();
      for (const [i, serial] of row.serials.entries()) {
        if (!serials.has(serial)) continue;
        const [sx, sy] = [row.x[i] ?? 0, row.y[i] ?? 0];
        x.push(sx);
        y.push(sy);
        grow(box, { left: sx - SEAT / 2, right: sx + SEAT / 2, top: sy - SEAT / 2, bottom: sy + SEAT / 2 });
      }
      if (x.length > first) rows.push({ first, count: x.length - first, zone: ink, box });
      grow(all, box);
    }
  }
  return { x, y, rows, box: all };
}

function ofChoice(scene: PlanScene, choice: SeatChoice): Placed[] {
  const objects = new Set([...choice.keys()].map((key) => key.slice(0, key.indexOf('/'))));
  return scene.objects.filter(({ object }) => objects.has(object.id));
}

/** What is under a point, the topmost first. */
export function hitAt(
  scene: PlanScene,
  x: number,
  y: number,
  reach: number,
): { placed: Placed; seat: { row: string; serial: number } | null } | null {
  for (const placed of scene.objects.toReversed()) {
    const { box } = placed;
    if (x < box.left - reach || x > box.right + reach || y < box.top - reach || y > box.bottom + reach)
      continue;
    const seat = seatNear(placed, x, y, reach);
    if (seat) return { placed, seat };
    // Between its rows a block is not solid: what lies under it can be reached there, unless nothing else is near.
    if (!isSeated(placed.object) || placed.object.kind === 'table' || placed.object.kind === 'box')
      return { placed, seat: null };
    if (seatNear(placed, x, y, SEAT * 1.6)) return { placed, seat: null };
  }
  return null;
}

function seatNear({ placedRows }: Placed, x: number, y: number, reach: number) {
  let best: { row: string; serial: number } | null = null;
  let nearest = reach * reach;
  for (const row of placedRows) {
    for (const [i, serial] of row.serials.entries()) {
      const distance = ((row.x[i] ?? 0) - x) ** 2 + ((row.y[i] ?? 0) - y) ** 2;
      if (distance > nearest) continue;
      nearest = distance;
      best = { row: row.id, serial };
    }
  }
  return best;
}

/** The objects that a box touches: of seats, at least one seat is inside. */
export function objectsIn(scene: PlanScene, box: Bounds): string[] {
  return scene.objects.flatMap((placed) => {
    const { box: own, first, count, object } = placed;
    if (own.right < box.left || own.left > box.right || own.bottom < box.top || own.top > box.bottom)
      return [];
    if (own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom)
      return [object.id];
    for (let seat = first; seat < first + count; seat++) if (isIn(scene, seat, box)) return [object.id];
    return count === 0 ? [object.id] : [];
  });
}

const isIn = (scene: PlanScene, seat: number, box: Bounds): boolean => {
  const [x, y] = [scene.x[seat] ?? 0, scene.y[seat] ?? 0];
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
};

/** The seats inside a box, added to a choice. */
export function seatsIn(scene: PlanScene, box: Bounds, before: SeatChoice): SeatChoice {
  const choice = new Map(before);
  for (const { object, box: own, placedRows } of scene.objects) {
    if (own.right < box.left || own.left > box.right || own.bottom < box.top || own.top > box.bottom)
      continue;
    for (const row of placedRows) {
      const inside = row.serials.filter((_, i) => {
        const [x, y] = [row.x[i] ?? 0, row.y[i] ?? 0];
        return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      });
      if (inside.length === 0) continue;
      const key = rowKey(object.id, row.id);
      choice.set(key, new Set([...(choice.get(key) ?? []), ...inside]));
    }
  }
  return choice;
}
