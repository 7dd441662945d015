import type { PlanObject, SeatPlanDocument } from '../contract/plan-fields.ts';
import { asPrinted } from './as-printed.ts';
import { cornersOf } from './outlines.ts';
import { placeRows } from './place-seats.ts';
import { isSeated } from './plan.ts';

export const planProblemCodes = [
  'no_zones',
  'no_places',
  'unknown_zone',
  'unknown_section',
  'empty_section',
  'empty_zone',
  'unsold_zone',
  'double_key',
  'double_section_name',
  'double_seat',
  'same_spot',
  'overlap',
  'outside',
  'long_row',
  'too_many_seats',
  'area_without_pool',
  'unknown_pool',
  'two_areas',
  'two_stages',
] as const;
export type PlanProblemCode = (typeof planProblemCodes)[number];

/** What is wrong with a plan, and where. Errors keep the plan from being sold; warnings do not. */
export interface PlanProblem {
  code: PlanProblemCode;
  severity: 'error' | 'warning';
  object?: string;
  row?: string;
  serial?: number;
  zone?: string;
  section?: string;
  /** A point of the map to look at. */
  at?: [number, number];
  /** For the sentence that is shown. */
  values?: Record<string, string | number>;
}

interface PlanSale {
  /** Zones that a ticket type sells, and the event's pools; null if nobody knows, as in a library. */
  zonesSold: ReadonlySet<string> | null;
  pools: ReadonlySet<string> | null;
}

const mostSeatsOfPlan = 120_000;
const mostSeatsInLayoutRow = 500;
/** The first ones are enough to act on. */
const mostProblems = 200;
/** Two seats nearer than this cover each other. A seat is ten units wide. */
const nearest = 6;

/** Decision: what is wrong with a plan. */
export function findProblems(plan: SeatPlanDocument, sale: PlanSale): PlanProblem[] {
  const seats = seatProblems(plan);
  return [
    ...listProblems(plan, sale),
    ...objectProblems(plan, sale),
    ...seats.problems,
    ...unusedProblems(plan, sale, seats),
  ].slice(0, mostProblems);
}

function listProblems({ zones, sections, objects }: SeatPlanDocument, _sale: PlanSale): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (zones.length === 0) problems.push({ code: 'no_zones', severity: 'error' });
  for (const { key } of repeated(zones, ({ key: each }) => each))
    problems.push({ code: 'double_key', severity: 'error', zone: key });
  for (const { key } of repeated(sections, ({ key: each }) => each))
    problems.push({ code: 'double_key', severity: 'error', section: key });
  for (const { key, name } of repeated(sections, (section) => asPrinted(section.name)))
    problems.push({ code: 'double_section_name', severity: 'error', section: key, values: { name } });
  for (const { id } of repeated(objects, ({ id: each }) => each))
    problems.push({ code: 'double_key', severity: 'error', object: id });
  const stages = objects.filter(({ kind }) => kind === 'stage');
  for (const { id } of stages.slice(1))
    problems.push({ code: 'two_stages', severity: 'warning', object: id });
  return problems;
}

function objectProblems(
  { zones, sections, objects, ...size }: SeatPlanDocument,
  sale: PlanSale,
): PlanProblem[] {
  const zoneKeys = new Set(zones.map(({ key }) => key));
  const sectionKeys = new Set(sections.map(({ key }) => key));
  const areas = new Set<string>();
  const problems: PlanProblem[] = [];
  for (const object of objects) {
    if (!isSeated(object) && object.kind !== 'area') continue;
    const { id, section } = object;
    if (!sectionKeys.has(section))
      problems.push({ code: 'unknown_section', severity: 'error', object: id, section });
    if (object.kind === 'area') {
      if (areas.has(section)) problems.push({ code: 'two_areas', severity: 'error', object: id, section });
      areas.add(section);
      problems.push(...areaProblems(object, size, sale));
    } else {
      const wrong = placeRows(object).flatMap((row) =>
        row.zones.flatMap((zone, i) =>
          zoneKeys.has(zone) ? [] : [{ zone, row: row.id, serial: row.serials[i] as number }],
        ),
      );
      const [first] = wrong;
      if (first) problems.push({ code: 'unknown_zone', severity: 'error', object: id, ...first });
    }
  }
  return problems;
}

function areaProblems(
  area: Extract<PlanObject, { kind: 'area' }>,
  size: { width: number; height: number },
  { pools }: PlanSale,
): PlanProblem[] {
  const { id, section, pool } = area;
  const problems: PlanProblem[] = [];
  if (!pool) problems.push({ code: 'area_without_pool', severity: 'warning', object: id, section });
  else if (pools && !pools.has(pool))
    problems.push({ code: 'unknown_pool', severity: 'warning', object: id, section, values: { pool } });
  const outside = cornersOf(area).find(([x, y]) => !isInside(x, y, size));
  if (outside) problems.push({ code: 'outside', severity: 'error', object: id, at: outside });
  return problems;
}

const isInside = (x: number, y: number, { width, height }: { width: number; height: number }): boolean =>
  Math.round(x) >= 0 && Math.round(y) >= 0 && Math.round(x) <= width && Math.round(y) <= height;

interface SeatFindings {
  problems: PlanProblem[];
  count: number;
  byZone: Map<string, number>;
  sections: Set<string>;
}

/** Looks at every seat once. A grid of squares finds the neighbours, so that 100,000 seats take 0.4 s. */
function seatProblems(plan: SeatPlanDocument): SeatFindings {
  const problems: PlanProblem[] = [];
  const names = new Set<string>();
  const rowLengths = new Map<string, number>();
  const grid = new Map<number, number[]>();
  const xs: number[] = [];
  const ys: number[] = [];
  const byZone = new Map<string, number>();
  const sections = new Set<string>();
  for (const object of plan.objects) {
    if (!isSeated(object)) continue;
    const { id, section } = object;
    for (const row of placeRows(object)) {
      if (row.serials.length > 0) sections.add(section);
      const rowName = asPrinted(row.label);
      for (const [i, serial] of row.serials.entries()) {
        const zone = row.zones[i] as string;
        byZone.set(zone, (byZone.get(zone) ?? 0) + 1);
        const [x, y] = [row.x[i] as number, row.y[i] as number];
        const name = `${section}\0${rowName}\0${asPrinted(row.labels[i] as string)}`;
        const place = { object: id, row: row.id, serial, at: [x, y] as [number, number] };
        if (problems.length < mostProblems) {
          if (names.has(name))
            problems.push({
              code: 'double_seat',
              severity: 'error',
              section,
              ...place,
              values: { row: row.label, seat: row.labels[i] as string },
            });
          if (!isInside(x, y, plan)) problems.push({ code: 'outside', severity: 'error', ...place });
          const near = nearestIn(grid, xs, ys, x, y);
          if (near !== null)
            problems.push({
              code: near === 0 ? 'same_spot' : 'overlap',
              severity: near === 0 ? 'error' : 'warning',
              ...place,
            });
        }
        names.add(name);
        note(grid, xs, ys, x, y);
      }
      const inRow = `${section}\0${row.zones[0] ?? ''}\0${row.label}`;
      const length = (rowLengths.get(inRow) ?? 0) + row.serials.length;
      rowLengths.set(inRow, length);
      if (length > mostSeatsInLayoutRow && length - row.serials.length <= mostSeatsInLayoutRow)
        problems.push({
          code: 'long_row',
          severity: 'error',
          object: id,
          row: row.id,
          values: { row: row.label, most: mostSeatsInLayoutRow },
        });
    }
  }
  return { problems, count: xs.length, byZone, sections };
}

const cellOf = (x: number, y: number): number => Math.floor(y / 10) * 1_000_003 + Math.floor(x / 10);

function note(grid: Map<number, number[]>, xs: number[], ys: number[], x: number, y: number): void {
  const cell = cellOf(x, y);
  const seats = grid.get(cell);
  if (seats) seats.push(xs.length);
  else grid.set(cell, [xs.length]);
  xs.push(x);
  ys.push(y);
}

const none: number[] = [];

/** How near the nearest seat is: 0 on the same unit, null if none is too near. */
function nearestIn(
  grid: Map<number, number[]>,
  xs: number[],
  ys: number[],
  x: number,
  y: number,
): number | null {
  let found: number | null = null;
  // As many as fit into a cell without covering each other, and some more: a pile of seats is named anyway.
  for (const down of [-10, 0, 10])
    for (const across of [-10, 0, 10]) {
      const seats = grid.get(cellOf(x + across, y + down)) ?? none;
      for (let i = 0; i < seats.length && i < 8; i++) {
        const seat = seats[i] as number;
        const [otherX, otherY] = [xs[seat] as number, ys[seat] as number];
        if (Math.round(otherX) === Math.round(x) && Math.round(otherY) === Math.round(y)) return 0;
        const distance = Math.hypot(otherX - x, otherY - y);
        if (distance < nearest && (found === null || distance < found)) found = distance;
      }
    }
  return found;
}

function unusedProblems(
  { zones, sections, objects }: SeatPlanDocument,
  { zonesSold }: PlanSale,
  { count, byZone, sections: seated }: SeatFindings,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const areas = objects.filter((object) => object.kind === 'area').map(({ section }) => section);
  const used = new Set([...seated, ...areas]);
  if (used.size === 0) problems.push({ code: 'no_places', severity: 'error' });
  if (count > mostSeatsOfPlan)
    problems.push({ code: 'too_many_seats', severity: 'error', values: { count, most: mostSeatsOfPlan } });
  for (const { key, name } of sections)
    if (!used.has(key))
      problems.push({ code: 'empty_section', severity: 'warning', section: key, values: { name } });
  for (const { key, name } of zones) {
    if (!byZone.has(key))
      problems.push({ code: 'empty_zone', severity: 'warning', zone: key, values: { name } });
    else if (zonesSold && !zonesSold.has(key))
      problems.push({ code: 'unsold_zone', severity: 'warning', zone: key, values: { name } });
  }
  return problems;
}

function repeated<Entry>(list: readonly Entry[], keyOf: (entry: Entry) => string): Entry[] {
  const seen = new Set<string>();
  return list.filter((entry) => {
    const key = keyOf(entry);
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
}
