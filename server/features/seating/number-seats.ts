import type { EventId } from '../../../contract/ids.ts';
import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';
import type { NumberedLayout } from './seat-plan.ts';

/**
 * The key of a seat of an event that was made without keys: it follows from the event and the seat's index. So a drawing that is
 * read from such a seat map may rename its seats, and a drawing of another event never means a seat of this one.
 */
export const keyOfIndex = (eventId: EventId, index: number): string =>
  `${eventId.slice(-10).toLowerCase()}.${index}`;

/**
 * Decision: the index of each seat in a new version of an event's seat map, in the order of its layout. A seat is the same as in
 * the previous version if its key and its price zone are the same. If none has its key, it is the same as the seat that has the
 * same names: section, row, label and price zone. Then it keeps its index. Any other seat gets an index that no seat of the event
 * has ever had. So an index, and with it a seat's id, always means one seat at one price: a buyer with an older version gets
 * exactly that seat or none.
 */
export function numberSeats(
  layout: SeatLayout,
  before: (Pick<NumberedLayout, 'layout' | 'indexes' | 'indexCount'> & { eventId?: EventId }) | null,
): { indexes: number[]; indexCount: number } {
  const known = before ? listKnown(before) : { byKey: new Map(), byName: new Map() };
  const wanted = listSeats(layout);
  const indexes: (number | undefined)[] = wanted.map(() => undefined);
  const used = new Set<number>();
  // All keys come before all names: a seat that takes the name of another must not take that seat's index.
  for (const by of ['key', 'name'] as const) {
    const found = by === 'key' ? known.byKey : known.byName;
    for (const [position, seat] of wanted.entries()) {
      const name = seat[by];
      const index = indexes[position] === undefined && name !== null ? found.get(name) : undefined;
      if (index === undefined || used.has(index)) continue;
      indexes[position] = index;
      used.add(index);
    }
  }
  let indexCount = before?.indexCount ?? 0;
  return { indexes: indexes.map((index) => index ?? indexCount++), indexCount };
}

function listKnown({
  layout,
  indexes,
  eventId,
}: Pick<NumberedLayout, 'layout' | 'indexes'> & { eventId?: EventId }) {
  const byKey = new Map<string, number>();
  const byName = new Map<string, number>();
  let position = 0;
  for (const { section, row } of eachRow(layout))
    for (const [i, label] of row.labels.entries()) {
      const index = indexes?.[position] ?? position;
      position++;
      const key = row.keys?.[i] ?? (eventId && keyOfIndex(eventId, index));
      if (key) byKey.set(`${key}\0${row.zone}`, index);
      byName.set(nameOf(section, row, label), index);
    }
  return { byKey, byName };
}

const listSeats = (layout: SeatLayout): { key: string | null; name: string }[] =>
  eachRow(layout).flatMap(({ section, row }) =>
    row.labels.map((label, i) => {
      const key = row.keys?.[i];
      return { key: key ? `${key}\0${row.zone}` : null, name: nameOf(section, row, label) };
    }),
  );

const eachRow = (layout: SeatLayout): { section: string; row: LayoutRow }[] =>
  layout.sections.flatMap(({ key, rows }) => rows.map((row) => ({ section: key, row })));

// No label contains a null character, because PostgreSQL stores none in JSON.
const nameOf = (section: string, row: LayoutRow, label: string): string =>
  `${section}\0${row.zone}\0${row.label}\0${label}`;
