import type { EventId } from '../../../contract/ids.ts';
import type { LayoutRow } from '../../../contract/layout.ts';
import type { SeatMap } from '../../../contract/seating.ts';
import { countSeats, type NumberedLayout, seatIdsOf } from './seat-plan.ts';

/** The seat map for browsers: the layout with every seat's id, in seat-map order. */
export function buildSeatMap(
  eventId: EventId,
  { id, version, layout, indexes }: NumberedLayout & { version: number },
): SeatMap {
  const idOf = seatIdsOf(eventId);
  let next = 0;
  return {
    id,
    version,
    eventId,
    seatCount: countSeats(layout),
    width: layout.width,
    height: layout.height,
    ...(layout.stage && { stage: layout.stage }),
    zones: layout.zones,
    sections: layout.sections.map((section) => ({
      key: section.key,
      name: section.name,
      ...(section.outline && { outline: section.outline }),
      ...(section.pool && { pool: section.pool }),
      ...(section.photo && { photo: section.photo }),
      rows: section.rows.map((row) => {
        const first = next;
        next += row.labels.length;
        return {
          label: row.label,
          zone: row.zone,
          seats: seatsOf(row, (position) => idOf(indexes?.[first + position] ?? first + position)),
        };
      }),
    })),
  };
}

function seatsOf(
  row: LayoutRow,
  idAt: (position: number) => SeatMap['sections'][number]['rows'][number]['seats'][number]['id'],
) {
  const accessible = new Set(row.accessible);
  const companion = new Set(row.companion);
  const restricted = new Set(row.restrictedView);
  const notes = new Map(row.notes?.map((note) => [note.at, note]));
  const aisles = new Set(row.gapsAfter);
  return row.labels.map((label, position) => ({
    id: idAt(position),
    label,
    x: row.x[position] ?? 0,
    y: row.y[position] ?? 0,
    ...(accessible.has(position) && { accessible: true as const }),
    ...(companion.has(position) && { companion: true as const }),
    ...(restricted.has(position) && { restrictedView: true as const }),
    ...(notes.get(position)?.text && { note: notes.get(position)?.text }),
    ...(notes.get(position)?.photo && { photo: notes.get(position)?.photo }),
    ...(aisles.has(position) && { aisleAfter: true as const }),
  }));
}
