import * as z from 'zod/mini';
import { blockFields, type SeatLayout, seatLayoutSchema } from '../../../../contract/layout.ts';
import { numberOf } from './numbers.ts';

/** The typed values for a plain block of seats. */
export const blockForm = z.pipe(
  z.transform((typed: { name: string; rows: string; seatsPerRow: string }) => ({
    name: typed.name.trim(),
    rows: numberOf(typed.rows),
    seatsPerRow: numberOf(typed.seatsPerRow),
  })),
  blockFields,
);

/** Colours of zones, in the order in which sections are made. */
const colors = ['#7a5cd6', '#0f8b8d', '#d1495b', '#b07400', '#3a7d44', '#5b6b8c'];

/** The space around the seats, and between two sections, in map units. */
const margin = 25;
const firstRowY = 65;

/** A plain block of seats: rows with letters, seats with numbers, an aisle in the middle of long rows. */
export function blockLayout(name: string, rows: number, seatsPerRow: number): SeatLayout {
  const aisle = seatsPerRow >= 16 ? Math.floor(seatsPerRow / 2) - 1 : null;
  const width = seatsPerRow * 10 + (aisle === null ? 0 : 14) + 40;
  const xs = Array.from(
    { length: seatsPerRow },
    (_, i) => margin + i * 10 + (aisle !== null && i > aisle ? 14 : 0),
  );
  const key = freeKey(keyOf(name) || 'seats', []);
  return {
    width,
    height: rows * 12 + 80,
    stage: { x: Math.round(width * 0.2), y: 10, width: Math.round(width * 0.6), height: 30, label: 'Stage' },
    zones: [{ key, name, color: colors[0] ?? '' }],
    sections: [
      {
        key,
        name,
        rows: Array.from({ length: rows }, (_, row) => ({
          label: rowLabel(row),
          zone: key,
          labels: xs.map((_, seat) => String(seat + 1)),
          x: xs,
          y: xs.map(() => firstRowY + row * 12),
          ...(aisle !== null && { gapsAfter: [aisle] }),
        })),
      },
    ],
  };
}

/** The section of a layout that has this name. People do not tell `Stalls` from `stalls`. */
export const sectionNamed = (layout: SeatLayout | null, name: string) =>
  layout?.sections.find((section) => fold(section.name) === fold(name));

/** The name, or the name with a number if a section has it: `Stalls`, `Stalls 2`. */
export function freeName(layout: SeatLayout | null, wanted: string): string {
  let name = wanted;
  for (let n = 2; sectionNamed(layout, name); n++) name = `${wanted.replace(/ \d+$/, '')} ${n}`;
  return name;
}

const fold = (name: string) => name.normalize('NFKC').trim().toLowerCase();

/**
 * Adds a block of seats to a layout as one more section, behind the others and in the middle, with a zone of its own.
 * A section of the same name is replaced, in its zone.
 */
export function withBlock(
  layout: SeatLayout | null,
  name: string,
  rows: number,
  seatsPerRow: number,
): SeatLayout {
  const block = blockLayout(name, rows, seatsPerRow);
  const same = sectionNamed(layout, name);
  const rest = same ? withoutSection(layout, same.key) : layout;
  if (!rest || rest.sections.length === 0) return block;
  const bottom = Math.max(
    firstRowY,
    ...seatRows(rest).flatMap(({ y }) => y),
    ...outlines(rest).map(([, y]) => y),
  );
  const width = Math.max(rest.width, block.width);
  const before = moved(rest, Math.floor((width - rest.width) / 2), 0);
  const added = moved(block, Math.floor((width - block.width) / 2), bottom + margin - firstRowY);
  const key = same?.key ?? freeKey(block.sections[0]?.key ?? 'seats', before.sections);
  const oldZone = layout?.zones.find((zone) => same?.rows.some((row) => row.zone === zone.key));
  const zone = oldZone ?? {
    key: freeKey(key, before.zones),
    name,
    color: colors[before.zones.length % colors.length] ?? '',
  };
  const sections = added.sections.map((section) => ({
    ...section,
    key,
    rows: section.rows.map((row) => ({ ...row, zone: zone.key })),
  }));
  return {
    ...before,
    width,
    height: Math.max(before.height, bottom + margin + rows * 12 + 15),
    zones: before.zones.some((each) => each.key === zone.key) ? before.zones : [...before.zones, zone],
    sections: [...before.sections, ...sections],
  };
}

/** Removes a section, and the zones that no seat is left in; null if it was the last one. */
export function withoutSection(layout: SeatLayout | null, key: string): SeatLayout | null {
  const sections = layout?.sections.filter((section) => section.key !== key) ?? [];
  if (!layout || sections.length === 0) return null;
  const gone = new Set(layout.sections.flatMap((each) => (each.key === key ? zonesIn(each) : [])));
  const used = new Set(sections.flatMap(zonesIn));
  return {
    ...layout,
    sections,
    zones: layout.zones.filter((zone) => used.has(zone.key) || !gone.has(zone.key)),
  };
}

const zonesIn = ({ rows }: SeatLayout['sections'][number]): string[] => rows.map(({ zone }) => zone);
const seatRows = ({ sections }: SeatLayout) => sections.flatMap(({ rows }) => rows);
const outlines = ({ sections }: SeatLayout) => sections.flatMap(({ outline }) => outline ?? []);

/** A layout with all its parts moved to the right and down. */
function moved(layout: SeatLayout, dx: number, dy: number): SeatLayout {
  if (dx === 0 && dy === 0) return layout;
  return {
    ...layout,
    ...(layout.stage && { stage: { ...layout.stage, x: layout.stage.x + dx, y: layout.stage.y + dy } }),
    sections: layout.sections.map((section) => ({
      ...section,
      ...(section.outline && {
        outline: section.outline.map(([x, y]): [number, number] => [x + dx, y + dy]),
      }),
      rows: section.rows.map((row) => ({
        ...row,
        x: row.x.map((x) => x + dx),
        y: row.y.map((y) => y + dy),
      })),
    })),
  };
}

/** The key, or the key with a number if another entry has it. Its pool's key adds five letters to at most 40. */
function freeKey(wanted: string, taken: { key: string }[]): string {
  const short = wanted.slice(0, 30).replace(/-+$/, '');
  const has = (key: string) => taken.some((each) => each.key === key);
  let key = short;
  for (let n = 2; has(key); n++) key = `${short}-${n}`;
  return key;
}

/** A … Z, AA, AB … */
function rowLabel(row: number): string {
  const letter = String.fromCharCode(65 + (row % 26));
  return row < 26 ? letter : rowLabel(Math.floor(row / 26) - 1) + letter;
}

/** A key of the contract's shape from a name: "Front stalls" is `front-stalls`. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);

export const seatsIn = (layout: SeatLayout): number =>
  layout.sections.reduce(
    (sum, section) => sum + section.rows.reduce((n, row) => n + row.labels.length, 0),
    0,
  );

/** Parses a pasted layout. Throws an error that says where it is invalid. */
export function parseLayout(text: string): SeatLayout {
  const checked = seatLayoutSchema.safeParse(JSON.parse(text));
  if (checked.success) return checked.data;
  const { path = [], message = '' } = checked.error.issues[0] ?? {};
  throw new Error(`${path.join('.')}: ${message}`);
}
