import type { LayoutRow, SeatLayout } from '../contract/layout.ts';
import type { Area, FreeRows, SeatedObject, SeatPlanDocument } from '../contract/plan-fields.ts';
import { boundsOf, cornersOf } from './outlines.ts';
import { keyOf, marksOf, placeRows } from './place-seats.ts';
import { isSeated, type PlacedRow, type SeatPlace, seatFlags } from './plan.ts';

interface CompiledPlan {
  layout: SeatLayout;
  /** Where each seat of the layout is in the plan, in the order of the layout. */
  places: SeatPlace[];
}

/**
 * Decision: the layout that a drawn plan sells. Rows of one section, zone and name are one row of the layout, with an aisle between
 * the objects that they come from. A row with seats of two zones is two rows with one name. Seats that are kept off sale are left
 * out. Coordinates become whole units.
 */
export function compilePlan(plan: SeatPlanDocument): CompiledPlan {
  const rows = new Map<string, Map<string, RowDraft>>();
  const areas = new Map<string, Area>();
  for (const object of plan.objects) {
    if (object.kind === 'area' && !areas.has(object.section)) areas.set(object.section, object);
    if (isSeated(object)) gather(object, rows);
  }
  const places: SeatPlace[] = [];
  const used = sectionsUsed(plan, rows, areas);
  const stage = plan.objects.find((object) => object.kind === 'stage');
  const layout: SeatLayout = {
    width: plan.width,
    height: plan.height,
    ...(stage?.kind === 'stage' && { stage: { ...rectangleOf(boundsOf(stage)), label: stage.label } }),
    zones: plan.zones,
    sections: used.map(({ key, name, photo }) => {
      const area = areas.get(key);
      return {
        key,
        name,
        rows: [...(rows.get(key)?.values() ?? [])].map((draft) => layoutRow(draft, places)),
        ...(area && { outline: cornersOf(area).map(([x, y]): [number, number] => [unit(x), unit(y)]) }),
        ...(area?.pool && { pool: area.pool }),
        ...(photo && { photo }),
      };
    }),
  };
  return { layout, places };
}

/** Sections in the order of the plan, without those that nothing stands in. */
function sectionsUsed(
  { sections }: SeatPlanDocument,
  rows: ReadonlyMap<string, unknown>,
  areas: ReadonlyMap<string, unknown>,
): SeatPlanDocument['sections'] {
  const known = new Set(sections.map(({ key }) => key));
  // A section that only an object names is called by its key. findProblems says so.
  const unnamed = [...rows.keys(), ...areas.keys()].filter((key) => !known.has(key));
  return [...sections, ...[...new Set(unnamed)].map((key) => ({ key, name: key }))].filter(
    ({ key }) => rows.has(key) || areas.has(key),
  );
}

/** The seats of one row of the layout, by the objects that they come from. */
interface RowDraft {
  zone: string;
  label: string;
  parts: Part[];
}

interface Part {
  object: SeatedObject;
  runs: Run[];
}

/** Neighbours in one row of an object. */
interface Run {
  row: PlacedRow;
  positions: number[];
  /** True if an aisle separates the last of them from what follows. */
  aisleAfter: boolean;
}

function gather(object: SeatedObject, sections: Map<string, Map<string, RowDraft>>): void {
  const section = sections.get(object.section) ?? new Map<string, RowDraft>();
  const rows = placeRows(object);
  for (const [r, row] of rows.entries()) {
    const byZone = new Map<string, number[]>();
    for (const [position, zone] of row.zones.entries()) {
      // A seat that is kept off sale is in the drawing alone.
      if ((row.flags[position] as number) & seatFlags.blocked) continue;
      const positions = byZone.get(zone);
      if (positions) positions.push(position);
      else byZone.set(zone, [position]);
    }
    for (const [zone, positions] of byZone) {
      const name = `${zone}\0${row.label}`;
      const draft = section.get(name) ?? { zone, label: row.label, parts: [] };
      section.set(name, draft);
      let part = draft.parts.at(-1);
      if (part?.object !== object) {
        part = { object, runs: [] };
        draft.parts.push(part);
      }
      part.runs.push({ row, positions, aisleAfter: endsAtAisle(object, r) });
    }
  }
  if (section.size > 0) sections.set(object.section, section);
}

/** A row that was read from a layout may be two rows of one name in a free block, with or without an aisle between them. */
function endsAtAisle(object: SeatedObject, r: number): boolean {
  if (object.kind !== 'free') return true;
  const row = (object as FreeRows).rows[r];
  const last = row?.serials.at(-1);
  return last === undefined || (row?.aisles?.includes(last) ?? false);
}

function layoutRow({ zone, label, parts }: RowDraft, places: SeatPlace[]): LayoutRow {
  const labels: string[] = [];
  const x: number[] = [];
  const y: number[] = [];
  const keys: string[] = [];
  const gapsAfter: number[] = [];
  const marked: Record<'accessible' | 'companion' | 'restrictedView', number[]> = {
    accessible: [],
    companion: [],
    restrictedView: [],
  };
  const notes: NonNullable<LayoutRow['notes']> = [];
  for (const { object, runs } of leftToRight(parts)) {
    for (const { row, positions, aisleAfter } of object.mirrored ? turnedRound(runs) : runs) {
      const aisles = new Set(row.gapsAfter);
      const marks = marksOf(object, row.id);
      for (const [i, position] of positions.entries()) {
        const at = labels.length;
        const serial = row.serials[position] as number;
        labels.push(row.labels[position] as string);
        x.push(unit(row.x[position] as number));
        y.push(unit(row.y[position] as number));
        keys.push(keyOf(row, serial));
        places.push({ object: object.id, row: row.id, serial });
        const flags = row.flags[position] as number;
        for (const name of ['accessible', 'companion', 'restrictedView'] as const)
          if (flags & seatFlags[name]) marked[name].push(at);
        const { note, photo } = marks[serial] ?? {};
        if (note || photo)
          notes.push({ at, ...(note && { text: note }), ...(photo && { photo: photo as `pic_${string}` }) });
        const next = positions[i + 1];
        const ends = next === undefined ? aisleAfter : next !== position + 1 || aisles.has(position);
        if (ends) gapsAfter.push(at);
      }
    }
    // Two objects are never neighbours.
    const last = labels.length - 1;
    if (last >= 0 && gapsAfter.at(-1) !== last) gapsAfter.push(last);
  }
  // An aisle stands between two seats.
  if (gapsAfter.at(-1) === labels.length - 1) gapsAfter.pop();
  return {
    label,
    zone,
    labels,
    x,
    y,
    ...(gapsAfter.length > 0 && { gapsAfter }),
    ...(marked.accessible.length > 0 && { accessible: marked.accessible }),
    ...(marked.companion.length > 0 && { companion: marked.companion }),
    ...(marked.restrictedView.length > 0 && { restrictedView: marked.restrictedView }),
    ...(notes.length > 0 && { notes }),
    keys,
  };
}

/** The runs of a mirrored object from left to right. The aisle after a run is then before it, so the flags move on by one. */
const turnedRound = (runs: readonly Run[]): Run[] =>
  runs.map((run, i) => ({ ...run, aisleAfter: runs[i - 1]?.aisleAfter ?? true })).reverse();

/** Orders the parts of a row from left to right, for a viewer who sits in the first of them. */
function leftToRight(parts: readonly Part[]): readonly Part[] {
  const [first] = parts;
  if (!first || parts.length === 1) return parts;
  const angle = (first.object.rotation * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return parts
    .map((part) => ({ part, along: meanAlong(part, cos, sin) }))
    .sort((a, b) => a.along - b.along)
    .map(({ part }) => part);
}

function meanAlong({ runs }: Part, cos: number, sin: number): number {
  let sum = 0;
  let count = 0;
  for (const { row, positions } of runs)
    for (const position of positions) {
      sum += (row.x[position] as number) * cos + (row.y[position] as number) * sin;
      count++;
    }
  return sum / count;
}

const unit = (value: number): number => Math.round(value) + 0;

function rectangleOf({ left, top, right, bottom }: ReturnType<typeof boundsOf>) {
  const [x, y] = [Math.max(0, unit(left)), Math.max(0, unit(top))];
  return { x, y, width: Math.max(1, unit(right) - x), height: Math.max(1, unit(bottom) - y) };
}
