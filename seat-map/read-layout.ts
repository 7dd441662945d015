import type { LayoutRow, SeatLayout } from '../contract/layout.ts';
import type {
  Area,
  FreeRow,
  FreeRows,
  PlanObject,
  SeatMark,
  SeatPlanDocument,
  Stage,
} from '../contract/plan-fields.ts';
import { mostRowsOfObject } from '../contract/plan-fields.ts';

/**
 * Decision: a plan to edit, of a layout that was made elsewhere. Each section becomes one object of free rows, so that
 * `compilePlan` gives the same layout again. A layout without keys gets keys of the places in its lists.
 */
export function planFromLayout(layout: SeatLayout): SeatPlanDocument {
  const objects: PlanObject[] = [];
  const nextId = ids(layout);
  let seat = 0;
  if (layout.stage) objects.push(stageOf(layout.stage, nextId()));
  for (const { key, rows, outline, pool } of layout.sections) {
    const zone = rows[0]?.zone ?? '';
    const block: FreeRow[] = [];
    for (const row of rows) {
      block.push(...freeRows(row, zone, seat, block.length));
      seat += row.labels.length;
    }
    for (const part of parts(block)) objects.push(blockOf(key, zone, part, nextId()));
    if (outline && outline.length >= 3) objects.push(areaOf(key, outline, pool ?? null, nextId()));
  }
  return {
    format: 1,
    width: layout.width,
    height: layout.height,
    zones: layout.zones,
    sections: layout.sections.map(({ key, name, photo }) => ({ key, name, ...(photo && { photo }) })),
    objects,
  };
}

/** Ids that no key of the layout begins with, so that seats which are drawn later have keys of their own. */
function ids(layout: SeatLayout): () => string {
  const taken = new Set<string>();
  for (const { rows } of layout.sections)
    for (const { keys } of rows) for (const key of keys ?? []) taken.add(key.slice(0, key.indexOf('.')));
  let next = 0;
  return () => {
    let id = '';
    do id = `from${String(next++).padStart(4, '0')}`;
    while (taken.has(id));
    return id;
  };
}

/** An object has at most so many rows. */
function* parts(rows: FreeRow[]): Generator<FreeRow[]> {
  for (let first = 0; first < rows.length; first += mostRowsOfObject)
    yield rows.slice(first, first + mostRowsOfObject);
}

type Growing = FreeRow & { aisles: number[]; marks: Record<string, SeatMark> };

/** A row of the layout as free rows: one for each run of keys that begin alike. */
function freeRows(row: LayoutRow, zone: string, firstSeat: number, firstId: number): FreeRow[] {
  const keys = row.keys ?? row.labels.map((_, i) => `seat.${firstSeat + i}`);
  const found: Growing[] = [];
  const aisles = new Set(row.gapsAfter);
  const marks = marksByPosition(row);
  let current: Growing | undefined;
  for (const [i, key] of keys.entries()) {
    const at = key.lastIndexOf('.') + 1;
    const stem = key.slice(0, at);
    const serial = Number(key.slice(at));
    if (!current || current.stem !== stem) {
      current = {
        id: `r${firstId + found.length + 1}`,
        label: row.label,
        ...(row.zone !== zone && { zone: row.zone }),
        serials: [],
        labels: [],
        x: [],
        y: [],
        aisles: [],
        stem,
        marks: {},
      };
      found.push(current);
    }
    current.serials.push(serial);
    current.labels.push(row.labels[i] as string);
    current.x.push(row.x[i] as number);
    current.y.push(row.y[i] as number);
    if (aisles.has(i)) current.aisles.push(serial);
    const mark = marks.get(i);
    if (mark) current.marks[serial] = mark;
  }
  return found.map(({ aisles: after, marks: special, ...rest }) => ({
    ...rest,
    ...(after.length > 0 && { aisles: after }),
    ...(Object.keys(special).length > 0 && { marks: special }),
  }));
}

function marksByPosition(row: LayoutRow): Map<number, SeatMark> {
  const marks = new Map<number, SeatMark>();
  const mark = (at: number, more: SeatMark) => marks.set(at, { ...marks.get(at), ...more });
  for (const at of row.accessible ?? []) mark(at, { accessible: true });
  for (const at of row.companion ?? []) mark(at, { companion: true });
  for (const at of row.restrictedView ?? []) mark(at, { restrictedView: true });
  for (const { at, text, photo } of row.notes ?? [])
    mark(at, { ...(text && { note: text }), ...(photo && { photo }) });
  return marks;
}

const blockOf = (section: string, zone: string, rows: FreeRow[], id: string): FreeRows => ({
  kind: 'free',
  id,
  x: 0,
  y: 0,
  rotation: 0,
  section,
  zone,
  rows,
});

const areaOf = (section: string, points: [number, number][], pool: string | null, id: string): Area => ({
  kind: 'area',
  id,
  x: 0,
  y: 0,
  rotation: 0,
  section,
  pool,
  points,
});

const stageOf = ({ x, y, width, height, label }: NonNullable<SeatLayout['stage']>, id: string): Stage => ({
  kind: 'stage',
  id,
  x: x + width / 2,
  y: y + height / 2,
  rotation: 0,
  width: Math.max(1, width),
  height: Math.max(1, height),
  label,
});
