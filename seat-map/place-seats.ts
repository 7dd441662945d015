import type {
  BlockRow,
  Box,
  FreeRows,
  PlanObject,
  RowBlock,
  SeatedObject,
  SeatMark,
  Table,
} from '../contract/plan-fields.ts';
import { nameRows, nameSeats } from './number-rows.ts';
import { onMap } from './on-map.ts';
import { isSeated, type PlacedRow, seatFlags } from './plan.ts';

/**
 * Where the seats of an object stand on the map, and what they are called. A pure function that remembers its answers by object:
 * commands share what they do not change, so 100,000 seats are placed once and an edit places only what it touches.
 */
export function placeRows(object: SeatedObject): readonly PlacedRow[] {
  const known = placed.get(object);
  if (known) return known;
  const rows = turn(object, rowsOf(object));
  placed.set(object, rows);
  return rows;
}

const placed = new WeakMap<SeatedObject, readonly PlacedRow[]>();

/** The key of a seat. It stays the same through every edit of the seat. */
export const keyOf = ({ stem }: Pick<PlacedRow, 'stem'>, serial: number): string => `${stem}${serial}`;

export const countSeats = (object: PlanObject): number =>
  isSeated(object) ? placeRows(object).reduce((sum, { serials }) => sum + serials.length, 0) : 0;

/** What is special about the seats of a row, by serial. */
export function marksOf(object: SeatedObject, row: string): Readonly<Record<string, SeatMark>> {
  if (object.kind === 'table' || object.kind === 'box') return object.marks ?? none;
  return (
    (object.rows as { id: string; marks?: Record<string, SeatMark> }[]).find(({ id }) => id === row)?.marks ??
    none
  );
}
const none: Readonly<Record<string, SeatMark>> = {};

/** A row before its seats are marked and turned. */
type OwnRow = Omit<PlacedRow, 'zones' | 'flags'> & { zone?: string | undefined };

function rowsOf(object: SeatedObject): OwnRow[] {
  if (object.kind === 'rows') return rowsOfBlock(object);
  if (object.kind === 'free') return rowsOfFree(object);
  return [object.kind === 'table' ? rowOfTable(object) : rowOfBox(object)];
}

function rowsOfBlock(block: RowBlock): OwnRow[] {
  const names = nameRows(block.rowNames, block.rows.length);
  return block.rows.map((row, r) => {
    const serials = serialsOf(row);
    const across = serials.map((serial) => alongRow(block, serial) + (row.shift ?? 0));
    const points = across.map((along) => onArc(block.radius, along, r * block.rowSpacing));
    const aisles = new Set(block.aisles);
    return {
      id: row.id,
      label: row.label ?? names[r] ?? '',
      stem: `${block.id}.${row.id}.`,
      serials,
      ...shifted(points, serials, row.marks),
      labels: labelled(nameSeats(block.seatNames, serials.length), serials, row.marks),
      gapsAfter: serials.flatMap((serial, i) => {
        const next = serials[i + 1];
        if (next === undefined) return [];
        for (let each = serial; each < next; each++) if (aisles.has(each)) return [i];
        return next > serial + 1 ? [i] : [];
      }),
    };
  });
}

/** The serials of a row's seats, from left to right. */
export function serialsOf({ from, count, gone }: BlockRow): number[] {
  const missing = new Set(gone);
  const serials: number[] = [];
  for (let serial = from; serial < from + count; serial++) if (!missing.has(serial)) serials.push(serial);
  return serials;
}

/** How far to the right of the block's middle a seat stands, along the row. Aisles left of the middle push to the left. */
function alongRow({ spacing, aisles, aisleWidth = 12 }: RowBlock, serial: number): number {
  let along = serial * spacing;
  for (const aisle of aisles ?? []) {
    if (aisle >= 0 && serial > aisle) along += aisleWidth;
    if (aisle < 0 && serial <= aisle) along -= aisleWidth;
  }
  return along;
}

/** A point so far along a row and so far behind the first one, where rows bend around a centre in front of or behind them. */
function onArc(radius: number, along: number, behind: number): [number, number] {
  if (radius === 0) return [along, behind];
  const own = Math.max(10, radius > 0 ? radius + behind : -radius - behind);
  const angle = along / own;
  const rise = own * Math.cos(angle);
  return [own * Math.sin(angle), radius > 0 ? rise - radius : -rise - radius];
}

const rowsOfFree = ({ id, rows }: FreeRows): OwnRow[] =>
  rows.map((row) => {
    const aisles = new Set(row.aisles);
    const points = row.x.map((x, i): [number, number] => [x, row.y[i] ?? 0]);
    return {
      id: row.id,
      label: row.label,
      zone: row.zone,
      stem: row.stem ?? `${id}.${row.id}.`,
      serials: row.serials,
      ...shifted(points, row.serials, row.marks),
      labels: labelled(row.labels, row.serials, row.marks),
      gapsAfter: row.serials.flatMap((serial, i) =>
        aisles.has(serial) && i < row.serials.length - 1 ? [i] : [],
      ),
    };
  });

/** From the middle of a seat to the edge of its table. */
const reach = 8;

function rowOfTable(table: Table): OwnRow {
  const missing = new Set(table.gone);
  const seats = (table.shape === 'round' ? roundSeats(table) : sideSeats(table)).filter(
    ([serial]) => !missing.has(serial),
  );
  const serials = seats.map(([serial]) => serial);
  return {
    id: '0',
    label: table.label,
    stem: `${table.id}.0.`,
    serials,
    ...shifted(
      seats.map(([, x, y]) => [x, y]),
      serials,
      table.marks,
    ),
    labels: labelled(nameSeats(table.seatNames, serials.length), serials, table.marks),
    gapsAfter: [],
  };
}

type SeatAt = [serial: number, x: number, y: number];

/** Clockwise from the top. */
const roundSeats = ({ seats, width }: Table): SeatAt[] =>
  Array.from({ length: seats }, (_, i): SeatAt => {
    const angle = (i / seats) * 2 * Math.PI;
    const radius = width / 2 + reach;
    return [i, radius * Math.sin(angle), -radius * Math.cos(angle)];
  });

/** The serials of each side begin at a hundred of its own, so that one side's seats stay when another gets more. */
function sideSeats({ sides, width, height }: Table): SeatAt[] {
  const [above, right, below, left] = sides;
  const along = (count: number, i: number, length: number) => ((i + 0.5) / count - 0.5) * length;
  const each = (count: number, at: (i: number) => SeatAt) => Array.from({ length: count }, (_, i) => at(i));
  return [
    ...each(above, (i): SeatAt => [i, along(above, i, width), -height / 2 - reach]),
    ...each(right, (i): SeatAt => [100 + i, width / 2 + reach, along(right, i, height)]),
    ...each(below, (i): SeatAt => [200 + i, -along(below, i, width), height / 2 + reach]),
    ...each(left, (i): SeatAt => [300 + i, -width / 2 - reach, -along(left, i, height)]),
  ];
}

function rowOfBox(box: Box): OwnRow {
  const missing = new Set(box.gone);
  const serials: number[] = [];
  for (let r = 0; r < box.rows; r++)
    for (let c = 0; c < box.columns; c++) if (!missing.has(r * 100 + c)) serials.push(r * 100 + c);
  const points = serials.map((serial): [number, number] => [
    ((serial % 100) - (box.columns - 1) / 2) * box.spacing,
    (Math.floor(serial / 100) - (box.rows - 1) / 2) * box.spacing,
  ]);
  return {
    id: '0',
    label: box.label,
    stem: `${box.id}.0.`,
    serials,
    ...shifted(points, serials, box.marks),
    labels: labelled(nameSeats(box.seatNames, serials.length), serials, box.marks),
    // The last of a row and the first of the row behind are no neighbours.
    gapsAfter: serials.flatMap((serial, i) => {
      const next = serials[i + 1];
      return next !== undefined && next !== serial + 1 ? [i] : [];
    }),
  };
}

function shifted(
  points: readonly (readonly [number, number])[],
  serials: readonly number[],
  marks: Record<string, SeatMark> | undefined,
): { x: number[]; y: number[] } {
  const x = points.map(([each]) => each);
  const y = points.map(([, each]) => each);
  if (marks)
    for (const [i, serial] of serials.entries()) {
      const mark = marks[serial];
      if (mark?.dx) x[i] = (x[i] ?? 0) + mark.dx;
      if (mark?.dy) y[i] = (y[i] ?? 0) + mark.dy;
    }
  return { x, y };
}

const labelled = (
  names: readonly string[],
  serials: readonly number[],
  marks: Record<string, SeatMark> | undefined,
): readonly string[] => (marks ? names.map((name, i) => marks[serials[i] as number]?.label ?? name) : names);

/** Mirrors, turns and moves an object's rows to where the object is. A mirrored row runs the other way, so it is reversed. */
function turn(object: SeatedObject, rows: OwnRow[]): PlacedRow[] {
  const toMap = onMap(object);
  return rows.map(({ zone, ...row }) => {
    const x = new Array<number>(row.x.length);
    const y = new Array<number>(row.x.length);
    for (const [i, each] of row.x.entries()) {
      const [mapX, mapY] = toMap(each, row.y[i] ?? 0);
      x[i] = mapX;
      y[i] = mapY;
    }
    const placed = { ...row, x, y, ...marked(object, { ...row, zone }) };
    return object.mirrored ? reversed(placed) : placed;
  });
}

function marked(
  object: SeatedObject,
  { id, serials, zone = object.zone }: OwnRow,
): Pick<PlacedRow, 'zones' | 'flags'> {
  const zones = new Array<string>(serials.length).fill(zone);
  const flags = new Uint8Array(serials.length);
  const marks = marksOf(object, id);
  if (marks !== none)
    for (const [i, serial] of serials.entries()) {
      const mark = marks[serial];
      if (!mark) continue;
      if (mark.zone) zones[i] = mark.zone;
      flags[i] = flagsOf(mark);
    }
  return { zones, flags };
}

const flagsOf = (mark: SeatMark): number =>
  (mark.accessible ? seatFlags.accessible : 0) |
  (mark.companion ? seatFlags.companion : 0) |
  (mark.restrictedView ? seatFlags.restrictedView : 0) |
  (mark.blocked ? seatFlags.blocked : 0) |
  (mark.note || mark.photo ? seatFlags.described : 0);

function reversed(row: PlacedRow): PlacedRow {
  const last = row.serials.length - 1;
  return {
    ...row,
    serials: row.serials.toReversed(),
    x: row.x.toReversed(),
    y: row.y.toReversed(),
    labels: row.labels.toReversed(),
    zones: row.zones.toReversed(),
    flags: row.flags.toReversed(),
    gapsAfter: row.gapsAfter.map((position) => last - 1 - position).reverse(),
  };
}
