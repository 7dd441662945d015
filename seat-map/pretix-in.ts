import type { PlanObject, PlanSection, PlanZone } from '../contract/plan-fields.ts';
import type { NewObjectId } from './plan.ts';
import {
  keysFromNames,
  mostSeatsOfFile,
  noteTaker,
  ownKeys,
  type PlanFileFault,
  palette,
  planOfSections,
  type ReadPlan,
  type ReadRow,
  type ReadSeat,
  type ReadSection,
  tidy,
  type WrongPlace,
} from './plan-file.ts';

/**
 * Reads a seating plan of pretix. Its zones become sections and its categories price zones. A zone with one outline and no rows is a
 * standing area; other areas are shapes. A file that is wrong says where, for at most twenty places.
 */
export function planFromPretix(file: unknown, newId: NewObjectId): ReadPlan {
  const wrong: WrongPlace[] = [];
  const refuse = (path: string, code: PlanFileFault) => {
    if (wrong.length < 20) wrong.push({ path, code });
  };
  const root = objectAt(file, '', refuse);
  if (!root) return { wrong };
  const size = objectAt(root.size, 'size', refuse);
  const width = numberAt(size?.width, 'size.width', refuse);
  const height = numberAt(size?.height, 'size.height', refuse);
  const { note, notes } = noteTaker();
  const categories = readCategories(root.categories, refuse, note);
  const keyOf = keysFromNames();
  const keys = ownKeys();
  const sections: ReadSection[] = [];
  const drawn: { sections: PlanSection[]; objects: PlanObject[] } = { sections: [], objects: [] };
  let seats = 0;
  // Radii are halved, so that a seat of pretix's usual size is one of ours.
  let radius: number | null = null;
  const zones = listAt(root.zones, 'zones', 400, refuse);
  for (const [z, each] of zones.entries()) {
    const path = `zones.${z}`;
    const zone = objectAt(each, path, refuse);
    if (!zone) continue;
    const name = textOf(zone.name) || `Zone ${z + 1}`;
    const from = positionAt(zone.position, `${path}.position`, refuse);
    const rows: ReadRow[] = [];
    for (const [r, row] of listAt(zone.rows, `${path}.rows`, 2_000, refuse).entries()) {
      const rowPath = `${path}.rows.${r}`;
      const found = objectAt(row, rowPath, refuse);
      if (!found) continue;
      if (typeof found.row_number !== 'string') refuse(`${rowPath}.row_number`, missing(found.row_number));
      const at =
        found.position === undefined ? origin : positionAt(found.position, `${rowPath}.position`, refuse);
      const list = listAt(found.seats, `${rowPath}.seats`, 2_000, refuse);
      seats += list.length;
      if (seats > mostSeatsOfFile) return { wrong: [{ path: rowPath, code: 'too_many' }] };
      const read: ReadSeat[] = [];
      for (const [s, seat] of list.entries()) {
        const seatPath = `${rowPath}.seats.${s}`;
        const entry = objectAt(seat, seatPath, refuse);
        if (!entry) continue;
        const place = positionAt(entry.position, `${seatPath}.position`, refuse);
        const category = categories.get(textOf(entry.category));
        if (!category)
          refuse(`${seatPath}.category`, entry.category === undefined ? 'missing' : 'unknown_category');
        if (typeof entry.seat_guid !== 'string') refuse(`${seatPath}.seat_guid`, missing(entry.seat_guid));
        if (typeof entry.seat_number !== 'string')
          refuse(`${seatPath}.seat_number`, missing(entry.seat_number));
        if (typeof entry.radius === 'number' && entry.radius > 0)
          radius = radius === null ? entry.radius : Math.min(radius, entry.radius);
        const label = textOf(entry.seat_number);
        if (label.length > 8) note('shortened_label', 'seat_number');
        read.push({
          label: label.slice(0, 8) || String(s + 1),
          x: from.x + at.x + place.x,
          y: from.y + at.y + place.y,
          zone: category?.key ?? '',
          key: keys(textOf(entry.seat_guid)),
        });
      }
      const label = textOf(found.row_number);
      if (label.length > 8) note('shortened_label', 'row_number');
      rows.push({ label: label.slice(0, 8), seats: read });
    }
    const key = keyOf(textOf(zone.zone_id) || name, `zone-${z + 1}`);
    const areas = zone.areas === undefined ? [] : listAt(zone.areas, `${path}.areas`, 500, refuse);
    const shapes = areas.flatMap((area, a) =>
      readArea(area, `${path}.areas.${a}`, from, newId, refuse, note),
    );
    const [only] = shapes;
    if (rows.length === 0 && shapes.length === 1 && only?.kind === 'shape' && only.points && key !== 'room') {
      const { x, y, rotation, points, id } = only;
      drawn.sections.push({ key, name: name.slice(0, 60) });
      drawn.objects.push({ kind: 'area', id, x, y, rotation, points, section: key, pool: null });
    } else {
      drawn.objects.push(...shapes);
      if (rows.length > 0) sections.push({ key, name: name.slice(0, 60), rows });
    }
  }
  if (wrong.length > 0) return { wrong };
  // As in the reader of SVG: a seat of another size is a mistake of the file and must not throw all others off the map.
  const scale = Math.min(100, Math.max(0.01, 5 / (radius ?? 10)));
  scaleAll(scale, sections, drawn.objects);
  return {
    plan: planOfSections(
      { width: (width ?? 0) * scale, height: (height ?? 0) * scale },
      [...categories.values()],
      sections,
      drawn,
      newId,
    ),
    notes: notes(),
  };
}

type Refuse = (path: string, code: PlanFileFault) => void;
type Note = ReturnType<typeof noteTaker>['note'];
const origin = { x: 0, y: 0 };

function readCategories(value: unknown, refuse: Refuse, note: Note): Map<string, PlanZone> {
  const found = new Map<string, PlanZone>();
  const keyOf = keysFromNames();
  for (const [i, each] of listAt(value, 'categories', 40, refuse).entries()) {
    const category = objectAt(each, `categories.${i}`, refuse);
    if (!category) continue;
    const name = textOf(category.name);
    if (!name) {
      refuse(`categories.${i}.name`, missing(category.name));
      continue;
    }
    const color = textOf(category.color).toLowerCase();
    const isHex = /^#[0-9a-f]{6}$/.test(color);
    if (!isHex) note('default_color', name);
    found.set(name, {
      // A pool key has at most 40 characters, and the pool of a zone needs five for its prefix.
      key: keyOf(name, `zone-${i + 1}`),
      name: name.slice(0, 60),
      color: isHex ? color : (palette[i % palette.length] as string),
    });
  }
  return found;
}

/** Areas whose text says so are the stage. */
const stageWords = /^\s*(stage|b[uü]hne|sc[eè]ne|escenario|screen|podium|المسرح)\s*$/i;

function readArea(
  value: unknown,
  path: string,
  from: { x: number; y: number },
  newId: NewObjectId,
  refuse: Refuse,
  note: Note,
): PlanObject[] {
  const area = objectAt(value, path, refuse);
  if (!area) return [];
  const own = area.position === undefined ? origin : positionAt(area.position, `${path}.position`, refuse);
  const x = from.x + own.x;
  const y = from.y + own.y;
  const rotation = typeof area.rotation === 'number' ? area.rotation % 360 : 0;
  const color = textOf(area.color).toLowerCase();
  const fill = /^#[0-9a-f]{6}$/.test(color) ? color : '#c8ccd4';
  const text = area.text === undefined ? null : objectAt(area.text, `${path}.text`, refuse);
  const label = textOf(text?.text).slice(0, 30);
  const shape = { kind: 'shape', id: newId(), x, y, rotation, fill, label, width: 1, height: 1 } as const;
  switch (area.shape) {
    case 'polygon': {
      const polygon = objectAt(area.polygon, `${path}.polygon`, refuse);
      const points = listAt(polygon?.points, `${path}.polygon.points`, 200, refuse).map(
        (point, i): [number, number] => {
          const { x: pointX, y: pointY } = positionAt(point, `${path}.polygon.points.${i}`, refuse);
          return [pointX, pointY];
        },
      );
      if (points.length < 3) return [];
      if (!stageWords.test(label)) return [{ ...shape, shape: 'polygon', points }];
      const across = points.map(([each]) => each);
      const down = points.map(([, each]) => each);
      const [left, right] = [Math.min(...across), Math.max(...across)];
      const [top, bottom] = [Math.min(...down), Math.max(...down)];
      return [
        {
          kind: 'stage',
          id: shape.id,
          x: x + (left + right) / 2,
          y: y + (top + bottom) / 2,
          rotation,
          width: right - left || 1,
          height: bottom - top || 1,
          label,
        },
      ];
    }
    case 'rectangle': {
      const size = objectAt(area.rectangle, `${path}.rectangle`, refuse);
      const width = numberAt(size?.width, `${path}.rectangle.width`, refuse) || 1;
      const height = numberAt(size?.height, `${path}.rectangle.height`, refuse) || 1;
      const middle = { x: x + width / 2, y: y + height / 2, width, height };
      return stageWords.test(label)
        ? [{ kind: 'stage', id: shape.id, rotation, label, ...middle }]
        : [{ ...shape, ...middle, shape: 'rectangle' }];
    }
    case 'circle':
    case 'ellipse': {
      const round = objectAt(area[area.shape], `${path}.${area.shape}`, refuse);
      const radius = round?.radius;
      const both =
        typeof radius === 'number'
          ? { x: radius, y: radius }
          : positionAt(radius, `${path}.${area.shape}.radius`, refuse);
      return [{ ...shape, shape: 'ellipse', width: 2 * both.x || 1, height: 2 * both.y || 1 }];
    }
    case 'text': {
      const words = textOf(text?.text).slice(0, 80);
      const size = typeof text?.size === 'number' ? text.size : 16;
      const at =
        text?.position === undefined ? origin : positionAt(text.position, `${path}.text.position`, refuse);
      if (!words) return [];
      return [{ kind: 'text', id: shape.id, x: x + at.x, y: y + at.y, rotation, text: words, size }];
    }
    default:
      note('left_out', `area ${textOf(area.shape)}`);
      return [];
  }
}

function scaleAll(scale: number, sections: ReadSection[], objects: PlanObject[]): void {
  for (const { rows } of sections)
    for (const { seats } of rows)
      for (const seat of seats) {
        seat.x *= scale;
        seat.y *= scale;
      }
  for (const object of objects) {
    object.x = tidy(object.x * scale);
    object.y = tidy(object.y * scale);
    if ('points' in object && object.points)
      object.points = object.points.map(([x, y]): [number, number] => [tidy(x * scale), tidy(y * scale)]);
    if (object.kind === 'shape' || object.kind === 'stage') {
      object.width = Math.max(1, tidy(object.width * scale));
      object.height = Math.max(1, tidy(object.height * scale));
    }
    if (object.kind === 'text') object.size = Math.min(2_000, Math.max(4, tidy(object.size * scale)));
  }
}

const missing = (value: unknown): PlanFileFault => (value === undefined ? 'missing' : 'wrong_type');

function objectAt(value: unknown, path: string, refuse: Refuse): Record<string, unknown> | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  refuse(path, path === '' ? 'not_a_plan' : missing(value));
  return null;
}

function listAt(value: unknown, path: string, most: number, refuse: Refuse): unknown[] {
  if (!Array.isArray(value)) {
    refuse(path, missing(value));
    return [];
  }
  if (value.length <= most) return value;
  refuse(path, 'too_many');
  return [];
}

function numberAt(value: unknown, path: string, refuse: Refuse): number | null {
  if (typeof value === 'number' && Math.abs(value) <= 1_000_000) return value;
  refuse(path, typeof value === 'number' ? 'too_large' : missing(value));
  return null;
}

function positionAt(value: unknown, path: string, refuse: Refuse): { x: number; y: number } {
  const found = objectAt(value, path, refuse);
  if (!found) return origin;
  return { x: numberAt(found.x, `${path}.x`, refuse) ?? 0, y: numberAt(found.y, `${path}.y`, refuse) ?? 0 };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
