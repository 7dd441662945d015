import { Refused } from '../../../contract/errors.ts';
import type { SeatMapId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { chooseEncoding } from '../../http/encodings.ts';
import { namesETag } from '../../http/etags.ts';
import { isEventRef } from '../sale/event-ref.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { encodeSeatMap } from '../seating/encode-seat-map.ts';
import { selectSeatMap } from './store.ts';

/** How long clients may cache the current version. An edit of the layout makes a new one. */
const inForceSeconds = 600;
/** A version requested by its id never changes. */
const byIdSeconds = 31_536_000;

/**
 * Returns an event's seat map. It builds and compresses each version once. The team also sees a draft's seat map. For
 * everybody else a draft does not exist.
 */
export async function getSeatMap(
  app: App,
  call: Pick<
    Call<{ eventId: string }, { seatMapId?: SeatMapId | undefined }, unknown, 'public'>,
    'params' | 'query' | 'caller' | 'header'
  >,
): Promise<Raw> {
  const ref = call.params.eventId;
  const { seatMapId } = call.query;
  const map = isEventRef(ref) ? await selectSeatMap(app.db, ref, seatMapId ?? null) : null;
  if (!map) throw new Refused('not_found');
  if (map.status === 'draft') {
    if (!call.caller) throw new Refused('not_found');
    await requireEventCapability(app, call.caller, map.event_id, 'events.read');
  }
  const headers = {
    // A weak tag: the same seats in any encoding.
    etag: `W/"${map.id}"`,
    vary: 'accept-encoding',
    'cache-control': cacheControl(map.status === 'draft', seatMapId !== undefined),
  };
  if (namesETag(call.header('if-none-match'), headers.etag)) return new Raw('', headers, 304);
  const encoded = await encodeSeatMap(app, map.id);
  // The draft's layout was replaced between two look-ups. Answer like a request that came a moment later.
  if (!encoded) return getSeatMap(app, call);
  const encoding = chooseEncoding(call.header('accept-encoding'));
  return new Raw(encoded[encoding ?? 'json'], {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    ...(encoding && { 'content-encoding': encoding }),
  });
}

function cacheControl(isDraft: boolean, isById: boolean): string {
  if (isDraft) return 'private, no-cache';
  return isById ? `public, max-age=${byIdSeconds}, immutable` : `public, max-age=${inForceSeconds}`;
}
