import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { Db } from '../../data/db.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { chooseEncoding, compress } from '../../http/encodings.ts';
import { namesETag } from '../../http/etags.ts';
import { rememberPerDb } from '../../remember.ts';
import { isEventRef } from '../catalog/event-ref.ts';
import { requireTeamRole } from '../organisations/team.ts';
import { buildSeatMap } from './seat-map.ts';
import { type SeatMapRow, selectSeatLayout, selectSeatMap } from './store.ts';

/** One seat map, ready to send. */
interface Encoded {
  json: Buffer;
  br: Buffer;
  gzip: Buffer;
}

/** An arena's takes about 2 MB. */
const seatMaps = rememberPerDb<string, Promise<Encoded | null>>(50);

/**
 * How long browsers and proxies may use a seat map without asking again. Not for ever: an organiser may take
 * an event back, change its seats and publish it again while nothing is sold.
 */
const maxAgeSeconds = 600;

/**
 * The seats of an event and where they are: built and compressed once per layout, then only sent. The team
 * of a draft sees its seat map too; for everyone else a draft does not exist.
 */
export async function getSeatMap(
  app: App,
  call: Pick<Call<{ eventId: string }, unknown, unknown, 'public'>, 'params' | 'caller' | 'header'>,
): Promise<Raw> {
  const ref = call.params.eventId;
  const map = isEventRef(ref) ? await selectSeatMap(app.db, ref) : null;
  if (!map) throw new Refused('not_found');
  if (map.status === 'draft') {
    if (!call.caller) throw new Refused('not_found');
    await requireTeamRole(app, call.caller, { eventId: map.event_id }, 'door');
  }
  const headers = {
    // Weak: the same seats in whatever encoding.
    etag: `W/"${map.etag}"`,
    vary: 'accept-encoding',
    'cache-control':
      map.status === 'draft' ? 'private, no-cache' : `public, max-age=${maxAgeSeconds}, immutable`,
  };
  if (namesETag(call.header('if-none-match'), headers.etag)) return new Raw('', headers, 304);
  const encoded = await encodedOf(app.db, map);
  // The layout was replaced between two look-ups: as good as a request that came a moment later.
  if (!encoded) return getSeatMap(app, call);
  const encoding = chooseEncoding(call.header('accept-encoding'));
  return new Raw(encoded[encoding ?? 'json'], {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    ...(encoding && { 'content-encoding': encoding }),
  });
}

function encodedOf(db: Db, map: SeatMapRow): Promise<Encoded | null> {
  const key = `${map.event_id} ${map.etag}`;
  const encoded = seatMaps.get(db, key) ?? encode(db, map);
  // Also where it was known, so that the one used longest ago is the first to be forgotten.
  seatMaps.put(db, key, encoded);
  encoded.then(
    (found) => found ?? seatMaps.forget(db, key),
    () => seatMaps.forget(db, key),
  );
  return encoded;
}

async function encode(db: Db, map: SeatMapRow): Promise<Encoded | null> {
  const layout = await selectSeatLayout(db, map.event_id, map.etag);
  if (!layout) return null;
  const json = Buffer.from(JSON.stringify(buildSeatMap(map.event_id, layout)));
  // For 18,000 seats brotli's 9 takes a quarter of a second, once, off the main thread; 11 takes seconds.
  const [br, gz] = await Promise.all([compress(json, 'br', 9), compress(json, 'gzip', 9)]);
  return { json, br, gzip: gz };
}
