import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';
import { asPrinted } from '../../../seat-map/as-printed.ts';

interface Issue {
  path: string;
  message: string;
}

/** Stops after this many issues: the first few are enough to act on. */
const enough = 20;

/**
 * Decision: what is wrong with a layout beyond its schema. Two seats must never have the same name on a ticket, nor
 * the same position on the map.
 */
export function layoutIssues(layout: SeatLayout | null): Issue[] {
  if (!layout) return [];
  const issues: Issue[] = [
    ...repeatedIssues(layout.zones, 'zones', 'key', (zone) => zone.key),
    ...repeatedIssues(layout.sections, 'sections', 'key', (section) => section.key),
    ...repeatedIssues(layout.sections, 'sections', 'name', (section) => asPrinted(section.name)),
  ];
  const zones = new Set(layout.zones.map((zone) => zone.key));
  const spots = new Set<number>();
  const keys = new Set<string>();
  for (const [s, section] of layout.sections.entries()) {
    const path = `sections.${s}`;
    issues.push(
      ...repeatedIssues(
        section.rows,
        `${path}.rows`,
        'label',
        (row) => `${row.zone}\0${asPrinted(row.label)}`,
      ),
    );
    const places = new Set<string>();
    for (const [x, y] of section.outline ?? []) {
      if (x > layout.width || y > layout.height)
        issues.push({ path: `${path}.outline`, message: 'lies outside the map' });
    }
    for (const [r, row] of section.rows.entries()) {
      issues.push(
        ...rowIssues(layout, row, { zones, spots, places, keys }).map((i) => ({
          ...i,
          path: `${path}.rows.${r}.${i.path}`,
        })),
      );
      if (issues.length > enough) return issues.slice(0, enough);
    }
  }
  return issues;
}

/** What is known before a row: the zones of the layout, the spots of its seats so far, and the places of the section so far. */
interface Known {
  zones: Set<string>;
  spots: Set<number>;
  places: Set<string>;
  /** The keys of the seats so far. */
  keys: Set<string>;
}

function rowIssues(layout: SeatLayout, row: LayoutRow, { zones, spots, places, keys }: Known): Issue[] {
  const issues: Issue[] = [];
  const count = row.labels.length;
  if (!zones.has(row.zone)) issues.push({ path: 'zone', message: 'there is no such zone' });
  // A row may have two price zones. It is then two rows with one label, so their seats are compared too.
  const before = places.size;
  const rowName = asPrinted(row.label);
  for (const label of row.labels) places.add(`${rowName}\0${asPrinted(label)}`);
  if (places.size < before + count)
    issues.push({ path: 'labels', message: 'two seats of a row have the same label' });
  if (row.gapsAfter?.some((position) => position >= count - 1)) {
    issues.push({ path: 'gapsAfter', message: 'an aisle stands between two seats of the row' });
  }
  if (row.accessible?.some((position) => position >= count)) {
    issues.push({ path: 'accessible', message: 'the row has no such position' });
  }
  const accessible = new Set(row.accessible);
  if (row.companion?.some((position) => position >= count)) {
    issues.push({ path: 'companion', message: 'the row has no such position' });
  } else if (row.companion?.some((position) => accessible.has(position))) {
    issues.push({ path: 'companion', message: 'a place is for a wheelchair or for a companion' });
  }
  if (row.restrictedView?.some((position) => position >= count))
    issues.push({ path: 'restrictedView', message: 'the row has no such position' });
  if (row.notes?.some(({ at }) => at >= count))
    issues.push({ path: 'notes', message: 'the row has no such position' });
  for (const [i, key] of row.keys?.entries() ?? []) {
    if (keys.has(key)) issues.push({ path: `keys.${i}`, message: 'is the key of another seat too' });
    keys.add(key);
  }
  for (const [i, x] of row.x.entries()) {
    const y = row.y[i] ?? 0;
    const spot = x * 100_001 + y;
    if (x > layout.width || y > layout.height)
      issues.push({ path: `x.${i}`, message: 'lies outside the map' });
    else if (spots.has(spot))
      issues.push({ path: `x.${i}`, message: 'another seat stands on the same spot' });
    spots.add(spot);
  }
  return issues;
}

function repeatedIssues<T>(
  list: readonly T[],
  path: string,
  member: string,
  keyOf: (entry: T) => string,
): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const [i, entry] of list.entries()) {
    const key = keyOf(entry);
    if (seen.has(key)) issues.push({ path: `${path}.${i}.${member}`, message: 'is there twice' });
    seen.add(key);
  }
  return issues;
}
