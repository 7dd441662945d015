import type { PlanObject, PlanSection, PlanZone } from '../contract/plan-fields.ts';
import type { NewObjectId } from './plan.ts';
import {
  keysFromNames,
  mostFileCharacters,
  mostSeatsOfFile,
  noteTaker,
  ownKeys,
  palette,
  planOfSections,
  type ReadPlan,
  type ReadSection,
  tidy,
} from './plan-file.ts';
import { readXml, type XmlElement } from './read-xml.ts';
import { collectSvg, type FoundSeat, type FoundShape, middleOfFound } from './svg-shapes.ts';

/**
 * Reads a drawing. Circles, ellipses and small squares become seats, larger shapes and texts are shown. Our own export says which
 * rows and sections they belong to; of another drawing the groups with an id are sections, and seats at one height are a row. Says
 * what it left out. Scripts, links, pictures and styles are left out; nothing of a file is ever run or loaded.
 */
export function planFromSvg(source: string, newId: NewObjectId): ReadPlan {
  if (source.length > mostFileCharacters) return { wrong: [{ path: '', code: 'too_large' }] };
  const root = readXml(source);
  if (!root) return { wrong: [{ path: '', code: 'not_readable' }] };
  if (root.name !== 'svg') return { wrong: [{ path: root.name.slice(0, 40), code: 'not_a_plan' }] };
  const { note, notes } = noteTaker();
  const found = collectSvg(root, note);
  if (found.seats.length > mostSeatsOfFile) return { wrong: [{ path: 'svg', code: 'too_many' }] };
  const box = viewBoxOf(root);
  const isOwn = root.attributes.get('data-admit-plan') === '1';
  const scale = isOwn ? 1 : scaleOf(found.seats);
  const toPlan = (x: number, y: number): [number, number] => [
    tidy((x - box.x) * scale),
    tidy((y - box.y) * scale),
  ];
  const zones = zonesOf(root, found.seats);
  const sections = sectionsOf(found.seats, { zones, toPlan, note });
  const drawn = drawnOf(found.shapes, {
    toPlan,
    scale,
    newId,
    taken: new Set(sections.map(({ key }) => key)),
  });
  const size = isOwn || box.width > 0 ? box : middleOfFound(found);
  return {
    plan: planOfSections(
      { width: size.width * scale, height: size.height * scale },
      zones.map(({ colors: _, ...zone }) => zone),
      sections,
      drawn,
      newId,
    ),
    notes: notes(),
  };
}

function viewBoxOf({ attributes }: XmlElement): { x: number; y: number; width: number; height: number } {
  const [x, y, width, height] = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if ([x, y, width, height].every((each) => Number.isFinite(each)) && width && height)
    return { x: x ?? 0, y: y ?? 0, width, height };
  const given = (name: string) => Number.parseFloat(attributes.get(name) ?? '') || 0;
  return { x: 0, y: 0, width: given('width'), height: given('height') };
}

/** The seat of usual size becomes ten units wide. */
function scaleOf(seats: FoundSeat[]): number {
  const sizes = seats.map(({ size }) => size).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 10;
  return Math.min(100, Math.max(0.01, 10 / usual));
}

type ReadZone = PlanZone & { colors: Set<string> };

/** Our own export names its zones. In another drawing each colour of seats is a zone, up to forty. */
function zonesOf(root: XmlElement, seats: FoundSeat[]): ReadZone[] {
  const own = root.children.filter(({ name, attributes }) => name === 'desc' && attributes.has('data-zone'));
  const keyOf = keysFromNames();
  const zones = own.slice(0, 40).map(({ attributes }, i): ReadZone => {
    const key = keyOf(attributes.get('data-zone') ?? '', `zone-${i + 1}`);
    const color = attributes.get('data-color') ?? '';
    return {
      key,
      name: (attributes.get('data-name') ?? key).slice(0, 60) || key,
      color: hex.test(color) ? color : (palette[0] as string),
      colors: new Set(),
    };
  });
  if (zones.length > 0) return zones;
  const colors = [...new Set(seats.map(({ fill }) => fill))].slice(0, 40);
  return (colors.length > 0 ? colors : ['']).map(
    (fill, i): ReadZone => ({
      key: keyOf(`zone-${i + 1}`, `zone-${i + 1}`),
      name: String(i + 1),
      color: hex.test(fill) ? fill : (palette[i % palette.length] as string),
      colors: new Set([fill]),
    }),
  );
}
const hex = /^#[0-9a-f]{6}$/;

interface Making {
  zones: ReadZone[];
  toPlan: (x: number, y: number) => [number, number];
  note: ReturnType<typeof noteTaker>['note'];
}

function sectionsOf(seats: FoundSeat[], { zones, toPlan, note }: Making): ReadSection[] {
  const keyOf = keysFromNames();
  const keys = ownKeys();
  const byKey = new Map(zones.map((zone) => [zone.key, zone]));
  const [first] = zones;
  const groups = Map.groupBy(seats, ({ section }) => section);
  return [...groups].map(([section, members], s) => {
    const name = members[0]?.sectionName || section || String(s + 1);
    const rows = rowsOf(members, note);
    return {
      key: keyOf(section || name, `section-${s + 1}`),
      name: name.slice(0, 60),
      rows: rows.map(({ label, members: inRow }) => ({
        label: short(label, note),
        seats: inRow.map((seat, i) => {
          const [x, y] = toPlan(seat.x, seat.y);
          if (!seat.label) note('guessed_labels', 'seat');
          const zone = byKey.get(seat.zone) ?? zones.find(({ colors }) => colors.has(seat.fill)) ?? first;
          return {
            label: short(seat.label || String(i + 1), note),
            x,
            y,
            zone: zone?.key ?? '',
            key: keys(seat.id),
          };
        }),
      })),
    };
  });
}

function short(label: string, note: Making['note']): string {
  if (label.length > 8) note('shortened_label', 'label');
  return label.slice(0, 8);
}

/** Seats with a named row are in it, in the order of the file. Others are in rows by their height. */
function rowsOf(seats: FoundSeat[], note: Making['note']): { label: string; members: FoundSeat[] }[] {
  const named = Map.groupBy(
    seats.filter(({ row }) => row !== null),
    ({ row, zone }) => `${row}\0${zone}`,
  );
  const rows = [...named.values()].map((members) => ({ label: members[0]?.row ?? '', members }));
  const rest = seats.filter(({ row }) => row === null).sort((a, b) => a.y - b.y || a.x - b.x);
  if (rest.length === 0) return rows;
  note('guessed_rows', 'row');
  const guessed: FoundSeat[][] = [];
  for (const seat of rest) {
    const current = guessed.at(-1);
    const level = current?.[0];
    if (level && seat.y - level.y < Math.max(seat.size, level.size) / 2) current.push(seat);
    else guessed.push([seat]);
  }
  return [
    ...rows,
    ...guessed.map((members, i) => ({
      label: String(rows.length + i + 1),
      members: members.sort((a, b) => a.x - b.x),
    })),
  ];
}

/** As many shapes are shown. A drawing of an architect has thousands of lines. */
const mostShapes = 800;

function drawnOf(
  shapes: FoundShape[],
  {
    toPlan,
    scale,
    newId,
    taken,
  }: Pick<Making, 'toPlan'> & { scale: number; newId: NewObjectId; taken: Set<string> },
): { sections: PlanSection[]; objects: PlanObject[] } {
  const sections: PlanSection[] = [];
  const objects: PlanObject[] = [];
  for (const shape of shapes.slice(0, mostShapes)) {
    const points = shape.points.slice(0, 200).map(([x, y]) => toPlan(x, y));
    const placed = { id: newId(), x: 0, y: 0, rotation: 0 };
    if (shape.kind === 'text') {
      const [x, y] = points[0] ?? [0, 0];
      const size = Math.min(2_000, Math.max(4, tidy(shape.size * scale)));
      objects.push({ ...placed, kind: 'text', x, y, text: shape.label.slice(0, 80), size });
    } else if (shape.kind === 'stage') {
      const across = points.map(([x]) => x);
      const down = points.map(([, y]) => y);
      const [left, right] = [Math.min(...across), Math.max(...across)];
      const [top, bottom] = [Math.min(...down), Math.max(...down)];
      objects.push({
        ...placed,
        kind: 'stage',
        x: tidy((left + right) / 2),
        y: tidy((top + bottom) / 2),
        width: Math.max(1, tidy(right - left)),
        height: Math.max(1, tidy(bottom - top)),
        label: shape.label.slice(0, 30),
      });
    } else if (shape.kind === 'area') {
      const key = shape.section;
      if (!key || taken.has(key)) continue;
      taken.add(key);
      sections.push({ key, name: (shape.sectionName || key).slice(0, 60) });
      objects.push({ ...placed, kind: 'area', section: key, pool: shape.pool || null, points });
    } else
      objects.push({
        ...placed,
        kind: 'shape',
        shape: 'polygon',
        width: 1,
        height: 1,
        points,
        fill: hex.test(shape.fill) ? shape.fill : '#c8ccd4',
        label: shape.label.slice(0, 30),
      });
  }
  return { sections, objects };
}
