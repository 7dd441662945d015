import type { SeatLayout } from '../../../contract/layout.ts';
import type { NumberedLayout } from './seat-plan.ts';

/**
 * Decision: the index of each seat in a new version of an event's seat map, in the order of its layout. A seat is the
 * same as in the previous version if the key of its section, its row, its label and its price zone are the same. Then
 * it keeps its index. Any other seat gets an index that no seat of the event has ever had. So an index, and with it a
 * seat's id, always means one seat at one price: a buyer with an older version gets exactly that seat or none.
 */
export function numberSeats(
  layout: SeatLayout,
  before: Pick<NumberedLayout, 'layout' | 'indexes' | 'indexCount'> | null,
): { indexes: number[]; indexCount: number } {
  const known = new Map<string, number>();
  if (before) {
    for (const [position, key] of seatKeys(before.layout).entries())
      known.set(key, before.indexes?.[position] ?? position);
  }
  let indexCount = before?.indexCount ?? 0;
  const indexes = seatKeys(layout).map((key) => known.get(key) ?? indexCount++);
  return { indexes, indexCount };
}

// No label contains a null character, because PostgreSQL stores none in JSON.
const seatKeys = (layout: SeatLayout): string[] =>
  layout.sections.flatMap((section) =>
    section.rows.flatMap((row) =>
      row.labels.map((label) => `${section.key}\0${row.zone}\0${row.label}\0${label}`),
    ),
  );
