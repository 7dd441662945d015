import type { PlaceKind } from '../../../contract/door-notes.ts';
import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';
import type { App } from '../../app.ts';
import type { SeatName } from './seat-plan.ts';
import { selectSeatMapInForce } from './store.ts';

/** The places of a seat map that are for a wheelchair or for a companion, by their names. */
export type PlaceKinds = ReadonlyMap<string, PlaceKind>;

/** What is special about a seat, by its name as it was sold. */
export const placeKindOf = (kinds: PlaceKinds, place: SeatName | null): PlaceKind | null =>
  place && kinds.size > 0 ? (kinds.get(keyOf(place)) ?? null) : null;

/**
 * Reads the places of an event's seat map. `id` is the version that is in force; null for an event without numbered seats. Each
 * version is read once.
 */
export async function readPlaceKinds(app: App, eventId: EventId, id: SeatMapId | null): Promise<PlaceKinds> {
  if (id === null) return new Map();
  const known = app.caches.placeKinds.get(id);
  if (known) return known;
  const map = await selectSeatMapInForce(app.db, eventId);
  if (!map) return new Map();
  const kinds = listPlaceKinds(map.layout);
  // The layout may have changed since the version was asked.
  app.caches.placeKinds.put(map.id, kinds);
  return kinds;
}

function listPlaceKinds({ sections }: SeatLayout): PlaceKinds {
  const kinds = new Map<string, PlaceKind>();
  for (const { name, rows } of sections)
    for (const row of rows) {
      for (const at of row.accessible ?? []) kinds.set(keyAt(name, row, at), 'wheelchair');
      for (const at of row.companion ?? []) kinds.set(keyAt(name, row, at), 'companion');
    }
  return kinds;
}

const keyAt = (section: string, row: LayoutRow, position: number): string =>
  keyOf({ section, row: row.label, seat: row.labels[position] ?? '' });

// No label contains a null character, because PostgreSQL stores none in JSON.
const keyOf = ({ section, row, seat }: SeatName): string => `${section}\0${row}\0${seat}`;
