import type { PlanObject, SeatPlanDocument } from '../contract/plan-fields.ts';
import { compilePlan } from './compile-plan.ts';
import { cornersOf } from './outlines.ts';

/*
 * Writes a plan as pretix's seating plan. pretix measures in pixels, and a seat has a radius of ten; ours has five. It knows no
 * accessible, companion or blocked seats and no notes, so these are left out.
 */

const scale = 2;

interface Position {
  x: number;
  y: number;
}

interface PretixPlan {
  name: string;
  size: { width: number; height: number };
  categories: { name: string; color: string }[];
  zones: PretixZone[];
}

interface PretixZone {
  name: string;
  zone_id: string;
  position: Position;
  rows: {
    row_number: string;
    row_number_position: 'both';
    position: Position;
    seats: {
      seat_guid: string;
      seat_number: string;
      position: Position;
      category: string;
      radius: number;
    }[];
  }[];
  areas: PretixArea[];
}

interface PretixArea {
  shape: 'polygon' | 'text';
  position: Position;
  rotation: number;
  color: string;
  border_color: string;
  polygon?: { points: Position[] };
  text?: { text: string; color: string; size: number; position: Position };
}

/** Decision: the plan in pretix's format. Sections are its zones, and price zones are its categories. */
export function planToPretix(plan: SeatPlanDocument, name: string): PretixPlan {
  const { layout } = compilePlan(plan);
  const categories = categoryNames(plan);
  const zones = layout.sections.map(
    (section): PretixZone => ({
      name: section.name,
      zone_id: section.key,
      position: origin,
      rows: section.rows.map((row) => ({
        row_number: row.label,
        row_number_position: 'both',
        position: origin,
        seats: row.labels.map((label, i) => ({
          seat_guid: row.keys?.[i] ?? `${section.key}.${row.label}.${label}`,
          seat_number: label,
          position: at(row.x[i] ?? 0, row.y[i] ?? 0),
          category: categories.get(row.zone) ?? row.zone,
          radius: 5 * scale,
        })),
      })),
      areas: section.outline ? [polygon(section.outline, '#e5e7eb', section.name)] : [],
    }),
  );
  const drawn = plan.objects.flatMap(areasOf);
  if (drawn.length > 0)
    zones.push({ name: 'Room', zone_id: 'room', position: origin, rows: [], areas: drawn });
  return {
    name,
    size: { width: plan.width * scale, height: plan.height * scale },
    categories: plan.zones.map(({ key, color }) => ({ name: categories.get(key) ?? key, color })),
    zones,
  };
}

const origin: Position = { x: 0, y: 0 };
const at = (x: number, y: number): Position => ({ x: x * scale, y: y * scale });

/** A seat names its category, so no two may have one name. */
function categoryNames({ zones }: SeatPlanDocument): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    zones.map(({ key, name }) => {
      const own = taken.has(name) ? `${name} (${key})` : name;
      taken.add(own);
      return [key, own];
    }),
  );
}

function polygon(points: readonly (readonly [number, number])[], color: string, label: string): PretixArea {
  const [middleX, middleY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  return {
    shape: 'polygon',
    position: origin,
    rotation: 0,
    color,
    border_color: '#9ca3af',
    polygon: { points: points.map(([x, y]) => at(x, y)) },
    ...(label && { text: { text: label, color: '#111827', size: 32, position: at(middleX, middleY) } }),
  };
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function areasOf(object: PlanObject): PretixArea[] {
  if (object.kind === 'stage') return [polygon(cornersOf(object), '#d1d5db', object.label)];
  if (object.kind === 'shape') return [polygon(cornersOf(object), object.fill, object.label)];
  if (object.kind === 'table') return [polygon(cornersOf(object), '#f3f4f6', object.label)];
  if (object.kind !== 'text') return [];
  return [
    {
      shape: 'text',
      position: at(object.x, object.y),
      rotation: object.rotation,
      color: '#ffffff',
      border_color: '#ffffff',
      text: { text: object.text, color: '#111827', size: object.size * scale, position: origin },
    },
  ];
}
