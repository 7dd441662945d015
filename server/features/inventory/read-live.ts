import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { gatherPer } from '../../gather.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { allFree, type Pool, seatStatus } from './inventory.ts';
import { type LiveRow, selectChanges } from './live-store.ts';

/** What the public may know of an event's inventory, as of one instant. It is shared, so nobody may change it. */
export interface Live {
  sale: EventSale;
  /** The ledger's version and the event's version. */
  version: number;
  saleVersion: number;
  /** Expired holds count as free here and in `seats`, even if their rows still say held. */
  pools: Pool[];
  /** One byte per seat; null for an event without numbered seats. */
  seats: Uint8Array | null;
  /** How many holds have expired and are not swept yet. */
  due: number;
  /** When the next hold expires. After that this answer is wrong. */
  staleAtMs: number;
  /** The seats as the rows have them, to apply later changes to. */
  rows: Uint8Array | null;
}

const nothing = { version: -1, saleVersion: -1, staleAtMs: 0 };

/**
 * Reads an event's inventory as it is now; null if there is no such event. It caches the inventory and always checks
 * the version with a query that begins after the call. Concurrent calls share one query. So a stampede of readers
 * costs PostgreSQL a few hundred queries a second, and an unchanged event costs one look-up.
 */
export const readLive = gatherPer(async (app: App, eventIds: EventId[]): Promise<(Live | null)[]> => {
  const lives = app.caches.live;
  const now = app.clock.now();
  const found = new Map<EventId, Live>();
  const known = [...new Set(eventIds)].map((eventId) => {
    const { version, saleVersion, staleAtMs } = lives.get(eventId) ?? nothing;
    return { eventId, version, saleVersion, again: staleAtMs <= now.getTime() };
  });
  for (const row of await selectChanges(app.db, known, now)) {
    const before = lives.get(row.event_id);
    const live = row.changed ? await renew(app, row, row.changed, before) : before;
    if (live) found.set(row.event_id, live);
  }
  for (const { eventId } of known) {
    const live = found.get(eventId);
    // Put again on each use, so that the cache drops the least recently used event.
    if (live) lives.put(eventId, live);
    else lives.forget(eventId);
  }
  return eventIds.map((eventId) => found.get(eventId) ?? null);
}, 5000);

async function renew(
  app: App,
  row: LiveRow,
  { pools, seats, due, nextExpiry }: NonNullable<LiveRow['changed']>,
  before: Live | undefined,
): Promise<Live | null> {
  const same = before?.saleVersion === row.sale_version;
  const sale = same ? before.sale : await readEventSale(app, row.event_id);
  if (!sale) return null;
  const rows = (same ? before.rows?.slice() : sale.seats && allFree(sale.seats)) ?? null;
  for (const [index, status] of seats) if (rows) rows[index] = status;
  const lines = due.flat();
  const free = lines.length > 0 && rows ? rows.slice() : rows;
  for (const index of lines.flatMap((line) => line.seats ?? [])) if (free) free[index] = seatStatus.free;
  return {
    sale,
    version: row.version,
    saleVersion: row.sale_version,
    pools: pools.map((pool) => ({
      ...pool,
      held: lines.reduce(
        (held, line) => (line.pools.includes(pool.id) ? held - line.quantity : held),
        pool.held,
      ),
    })),
    seats: free,
    due: due.length,
    staleAtMs: nextExpiry === null ? Number.POSITIVE_INFINITY : Date.parse(nextExpiry),
    rows,
  };
}
