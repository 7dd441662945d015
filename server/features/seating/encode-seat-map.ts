import type { SeatMapId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Db } from '../../data/db.ts';
import { compress } from '../../http/encodings.ts';
import { buildSeatMap } from './seat-map.ts';
import { findSeatMap } from './store.ts';

/** One seat map, ready to send. */
export interface EncodedSeatMap {
  json: Buffer;
  br: Buffer;
  gzip: Buffer;
}

/** Builds and compresses a version of a seat map once; null if it is gone, as a draft's may be. */
export function encodeSeatMap(
  { db, caches: { seatMaps } }: Pick<App, 'db' | 'caches'>,
  id: SeatMapId,
): Promise<EncodedSeatMap | null> {
  const encoded = seatMaps.get(id) ?? encode(db, id);
  // Put again on each use, so that the cache drops the least recently used seat map.
  seatMaps.put(id, encoded);
  encoded.then(
    (found) => found ?? seatMaps.forget(id),
    () => seatMaps.forget(id),
  );
  return encoded;
}

async function encode(db: Db, id: SeatMapId): Promise<EncodedSeatMap | null> {
  const map = await findSeatMap(db, id);
  if (!map) return null;
  const json = Buffer.from(JSON.stringify(buildSeatMap(map.eventId, map)));
  // For 18,000 seats brotli's level 9 takes a quarter of a second, once, outside the main thread. Level 11 takes
  // seconds.
  const [br, gz] = await Promise.all([compress(json, 'br', 9), compress(json, 'gzip', 9)]);
  return { json, br, gzip: gz };
}
