import { seatKeyPattern } from '../contract/layout.ts';
import type {
  FreeRow,
  PlanObject,
  PlanSection,
  PlanZone,
  SeatPlanDocument,
} from '../contract/plan-fields.ts';

/* What the readers of files have in common. A reader says where a file is wrong, and what of it was not understood. */

export type PlanFileFault =
  | 'not_readable'
  | 'not_a_plan'
  | 'missing'
  | 'wrong_type'
  | 'too_many'
  | 'too_large'
  | 'unknown_category'
  | 'double_seat';

/** Where a file is wrong: `zones.0.rows.3.seats.7.position`, or a line of an SVG. */
export interface WrongPlace {
  path: string;
  code: PlanFileFault;
}

/** What was left out or guessed, and how often. */
export interface PlanFileNote {
  code:
    | 'ignored_element'
    | 'shortened_label'
    | 'guessed_rows'
    | 'guessed_labels'
    | 'default_color'
    | 'left_out';
  /** The name of the element or member. */
  what: string;
  count: number;
}

export type ReadPlan = { plan: SeatPlanDocument; notes: PlanFileNote[] } | { wrong: WrongPlace[] };

export const mostFileCharacters = 8_000_000;
/** What a drawing may have as JSON, in bytes: the body that saves it may have 4 MiB, with its frame. */
export const mostPlanBytes = 4 * 1024 * 1024 - 64;
export const mostSeatsOfFile = 120_000;
const mostSeatsInRow = 500;
const mostRowsOfObject = 400;

export interface ReadSeat {
  label: string;
  x: number;
  y: number;
  zone: string;
  /** The key that the seat has in our own files; null otherwise. */
  key: string | null;
}

export interface ReadRow {
  label: string;
  seats: ReadSeat[];
}

export interface ReadSection {
  key: string;
  name: string;
  rows: ReadRow[];
}

/** Makes free rows of the seats that a reader found. */
export function planOfSections(
  { width, height }: { width: number; height: number },
  zones: PlanZone[],
  sections: ReadSection[],
  drawn: { sections: PlanSection[]; objects: PlanObject[] },
  newId: () => string,
): SeatPlanDocument {
  const objects: PlanObject[] = [];
  for (const { key, rows } of sections) {
    const all = rows.flatMap(splitLong).filter(({ seats }) => seats.length > 0);
    for (let first = 0; first < all.length; first += mostRowsOfObject) {
      const part = all.slice(first, first + mostRowsOfObject);
      const zone = part[0]?.seats[0]?.zone ?? zones[0]?.key ?? 'zone';
      objects.push({
        kind: 'free',
        id: newId(),
        x: 0,
        y: 0,
        rotation: 0,
        section: key,
        zone,
        rows: part.flatMap((row, i) => freeRows(row, zone, first + i)),
      });
    }
  }
  return {
    format: 1,
    width: Math.min(100_000, Math.max(1, Math.ceil(width))),
    height: Math.min(100_000, Math.max(1, Math.ceil(height))),
    zones,
    sections: [
      ...sections.filter(({ rows }) => rows.length > 0).map(({ key, name }) => ({ key, name })),
      ...drawn.sections,
    ],
    objects: [...drawn.objects, ...objects],
  };
}

/** A row of a plan has a bound. A longer one becomes several of one name. */
function splitLong(row: ReadRow): ReadRow[] {
  const parts: ReadRow[] = [];
  for (let first = 0; first < row.seats.length; first += mostSeatsInRow)
    parts.push({ ...row, seats: row.seats.slice(first, first + mostSeatsInRow) });
  return parts;
}

/** One free row for each run of keys that begin alike. */
function freeRows({ label, seats }: ReadRow, zone: string, number: number): FreeRow[] {
  const rows: FreeRow[] = [];
  let current: FreeRow | null = null;
  for (const [i, seat] of seats.entries()) {
    const at = seat.key ? seat.key.lastIndexOf('.') + 1 : 0;
    const stem = seat.key ? seat.key.slice(0, at) : null;
    if (!current || (current.stem ?? null) !== stem) {
      current = {
        id: `r${number + 1}${rows.length > 0 ? `p${rows.length}` : ''}`,
        label,
        serials: [],
        labels: [],
        x: [],
        y: [],
        ...(stem !== null && { stem }),
      };
      rows.push(current);
    }
    const serial = seat.key ? Number(seat.key.slice(at)) : i;
    current.serials.push(serial);
    current.labels.push(seat.label);
    current.x.push(tidy(seat.x));
    current.y.push(tidy(seat.y));
    if (seat.zone !== zone) current.marks = { ...current.marks, [serial]: { zone: seat.zone } };
  }
  return rows;
}

/** A key that our own export has written. Each may be there once; a second seat with it gets none. */
export function ownKeys(): (text: string | undefined) => string | null {
  const seen = new Set<string>();
  return (text) => {
    if (!text || !seatKeyPattern.test(text) || seen.has(text)) return null;
    seen.add(text);
    return text;
  };
}

/** Makes keys of zones and sections from their names, each of its own. */
export function keysFromNames(): (name: string, fallback: string) => string {
  const taken = new Set<string>();
  return (name, fallback) => {
    const plain = name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 30);
    const stem = plain || fallback;
    let key = stem;
    for (let number = 2; taken.has(key); number++) key = `${stem}-${number}`;
    taken.add(key);
    return key;
  };
}

/** Colours that differ for people who see few of them. */
export const palette = [
  '#b45309',
  '#1d4ed8',
  '#15803d',
  '#be185d',
  '#6d28d9',
  '#0e7490',
  '#4d7c0f',
  '#b91c1c',
];

/** Counts what was left out. */
export function noteTaker(): {
  note(code: PlanFileNote['code'], what: string): void;
  notes(): PlanFileNote[];
} {
  const counts = new Map<string, PlanFileNote>();
  return {
    note(code, what) {
      const key = `${code} ${what}`;
      const known = counts.get(key);
      if (known) known.count++;
      else if (counts.size < 50) counts.set(key, { code, what: what.slice(0, 40), count: 1 });
    },
    notes: () => [...counts.values()],
  };
}

export const tidy = (value: number): number => Math.round(value * 1000) / 1000 + 0;
