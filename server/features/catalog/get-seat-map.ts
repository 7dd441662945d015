import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { chooseEncoding } from '../../http/encodings.ts';
import { namesETag } from '../../http/etags.ts';
import { isEventRef } from '../sale/event-ref.ts';
import { requireEventRole } from '../sale/event-team.ts';
import { encodeSeatMap } from '../seating/encode-seat-map.ts';
import { selectSeatMap } from './store.ts';

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
    await requireEventRole(app, call.caller, map.event_id, 'door');
  }
  const headers = {
    // Weak: the same seats in whatever encoding.
    etag: `W/"${map.etag}"`,
    vary: 'accept-encoding',
    'cache-control':
      map.status === 'draft' ? 'private, no-cache' : `public, max-age=${maxAgeSeconds}, immutable`,
  };
  if (namesETag(call.header('if-none-match'), headers.etag)) return new Raw('', headers, 304);
  const encoded = await encodeSeatMap(app, map.event_id, map.etag);
  // The layout was replaced between two look-ups: as good as a request that came a moment later.
  if (!encoded) return getSeatMap(app, call);
  const encoding = chooseEncoding(call.header('accept-encoding'));
  return new Raw(encoded[encoding ?? 'json'], {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    ...(encoding && { 'content-encoding': encoding }),
  });
}
