import { Refused } from '../../../contract/errors.ts';
import type { Availability } from '../../../contract/holds.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http.ts';
import { type EventSale, readEventSale } from '../catalog/event-sale.ts';
import { findEventId } from '../catalog/find-event-id.ts';
import { availableIn } from './availability-effect.ts';
import { seatStatus } from './inventory.ts';
import { readSnapshot, readVersion, type Snapshot } from './snapshot-store.ts';

interface Cached {
  version: number;
  /** The instant of the earliest expiry among the active holds: after it the snapshot is stale by the clock alone. */
  staleAt: Date | null;
  json: string;
}

const maxCached = 500;
const caches = new WeakMap<App, Map<EventId, Cached>>();

/**
 * What is free right now, by one consistent snapshot. It is kept until the ledger's version moves or a hold
 * runs out, so a stampede of readers costs one small query each.
 */
export async function getAvailability(
  app: App,
  call: Call<{ eventId: string }, undefined, undefined, 'public'>,
): Promise<Raw> {
  const eventId = await findEventId(app, call.params.eventId);
  const sale = eventId && (await readEventSale(app, eventId));
  if (!sale || sale.status === 'draft') throw new Refused('not_found');
  const { json, version } = await cachedSnapshot(app, sale);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-cache',
    etag: `"${version}"`,
  };
  if (call.header('if-none-match') === headers.etag) return new Raw('', headers, 304);
  return new Raw(json, headers);
}

async function cachedSnapshot(app: App, sale: EventSale): Promise<Cached> {
  const cache = caches.get(app) ?? new Map<EventId, Cached>();
  caches.set(app, cache);
  const cached = cache.get(sale.eventId);
  const now = app.clock.now();
  if (cached && !(cached.staleAt && cached.staleAt <= now)) {
    if (cached.version === (await readVersion(app.db, sale.eventId))) return cached;
  }
  const snapshot = await readSnapshot(app.db, sale.eventId, now);
  const fresh = {
    version: snapshot.version,
    staleAt: snapshot.nextExpiry,
    json: JSON.stringify(toAvailability(sale, snapshot)),
  };
  cache.delete(sale.eventId);
  cache.set(sale.eventId, fresh);
  const oldest = cache.keys().next();
  if (cache.size > maxCached && !oldest.done) cache.delete(oldest.value);
  return fresh;
}

function toAvailability(sale: EventSale, snapshot: Snapshot): Availability {
  const pools = new Map(snapshot.pools.map((pool) => [pool.id, pool]));
  return {
    version: snapshot.version,
    ticketTypes: sale.ticketTypes.map((type) => ({
      id: type.id,
      available: availableIn(type.poolIds.map((id) => pools.get(id))),
    })),
    ...(sale.seats && { seats: freeBits(snapshot.seatStatuses) }),
  };
}

/** One bit per seat, the lowest first in each byte; 1 is free. */
export function freeBits(statuses: Uint8Array): string {
  const bits = Buffer.alloc(Math.ceil(statuses.length / 8));
  for (const [i, status] of statuses.entries()) {
    if (status === seatStatus.free) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return bits.toString('base64');
}
