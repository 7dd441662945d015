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

/** A version of a seat map, built and compressed once; null where it is gone, as those of a draft may be. */
export function encodeSeatMap(
  { db, caches: { seatMaps } }: Pick<App, 'db' | 'caches'>,
  id: SeatMapId,
): Promise<EncodedSeatMap | null> {
  const encoded = seatMaps.get(id) ?? encode(db, id);
  // Also where it was known, so that the one used longest ago is the first to be forgotten.
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
  // For 18,000 seats brotli's 9 takes a quarter of a second, once, off the main thread; 11 takes seconds.
  const [br, gz] = await Promise.all([compress(json, 'br', 9), compress(json, 'gzip', 9)]);
  return { json, br, gzip: gz };
}
