import type { EventId } from '../../../contract/ids.ts';
import type { SeatLayout } from '../../../contract/layout.ts';
import { keyOfIndex } from './number-seats.ts';
import type { NumberedLayout } from './seat-plan.ts';

/**
 * Decision: a layout whose seats keep the keys that they had. Whoever sends a layout without keys means the same seats by their names,
 * and a drawing knows them by their keys later. A row whose seats had none stays without. So does one with a key that the layout gives
 * to another seat.
 */
export function keepKeys(
  layout: SeatLayout,
  indexes: number[],
  before: Pick<NumberedLayout, 'layout' | 'indexes'> & { eventId: EventId },
): SeatLayout {
  const known = keysByIndex(before);
  if (known.size === 0) return layout;
  const given = new Set(layout.sections.flatMap(({ rows }) => rows.flatMap(({ keys }) => keys ?? [])));
  let position = 0;
  const sections = layout.sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => {
      const own = row.labels.map((_, i) => indexes[position + i] ?? position + i);
      position += own.length;
      if (row.keys || !own.some((index) => known.has(index))) return row;
      const keys = own.map((index) => known.get(index) ?? keyOfIndex(before.eventId, index));
      return keys.some((key) => given.has(key)) ? row : { ...row, keys };
    }),
  }));
  return { ...layout, sections };
}

function keysByIndex({ layout, indexes }: Pick<NumberedLayout, 'layout' | 'indexes'>): Map<number, string> {
  const known = new Map<number, string>();
  let position = 0;
  for (const { rows } of layout.sections)
    for (const { labels, keys } of rows) {
      for (const [i, key] of keys?.entries() ?? []) known.set(indexes?.[position + i] ?? position + i, key);
      position += labels.length;
    }
  return known;
}
