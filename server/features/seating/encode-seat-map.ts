import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Db } from '../../data/db.ts';
import { compress } from '../../http/encodings.ts';
import { buildSeatMap } from './seat-map.ts';
import { selectLayoutOfEtag } from './store.ts';

/** One seat map, ready to send. */
export interface EncodedSeatMap {
  json: Buffer;
  br: Buffer;
  gzip: Buffer;
}

/** The seat map of an event's layout, built and compressed once; null where the event has got another layout meanwhile. */
export function encodeSeatMap(
  { db, caches: { seatMaps } }: Pick<App, 'db' | 'caches'>,
  eventId: EventId,
  etag: string,
): Promise<EncodedSeatMap | null> {
  const key = `${eventId} ${etag}`;
  const encoded = seatMaps.get(key) ?? encode(db, eventId, etag);
  // Also where it was known, so that the one used longest ago is the first to be forgotten.
  seatMaps.put(key, encoded);
  encoded.then(
    (found) => found ?? seatMaps.forget(key),
    () => seatMaps.forget(key),
  );
  return encoded;
}

async function encode(db: Db, eventId: EventId, etag: string): Promise<EncodedSeatMap | null> {
  const layout = await selectLayoutOfEtag(db, eventId, etag);
  if (!layout) return null;
  const json = Buffer.from(JSON.stringify(buildSeatMap(eventId, layout)));
  // For 18,000 seats brotli's 9 takes a quarter of a second, once, off the main thread; 11 takes seconds.
  const [br, gz] = await Promise.all([compress(json, 'br', 9), compress(json, 'gzip', 9)]);
  return { json, br, gzip: gz };
}
