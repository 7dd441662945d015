import type { EventId } from '../../../contract/ids.ts';
import type { Reads } from '../../data/db.ts';
import type { Pool } from './inventory.ts';
import { selectDuePlaces, selectPools } from './store.ts';

/** Reads the pools of events as of `now`. Holds that have expired by then count as free, even before the sweep. */
export async function readPools(db: Reads, eventIds: EventId[], now: Date): Promise<Map<EventId, Pool[]>> {
  if (eventIds.length === 0) return new Map();
  const [rows, due] = await Promise.all([selectPools(db, eventIds), selectDuePlaces(db, eventIds, now)]);
  const byEvent = new Map<EventId, Pool[]>(eventIds.map((id) => [id, []]));
  for (const { event_id, ...pool } of rows) {
    byEvent.get(event_id)?.push({ ...pool, held: Math.max(0, pool.held - (due.get(pool.id) ?? 0)) });
  }
  return byEvent;
}
