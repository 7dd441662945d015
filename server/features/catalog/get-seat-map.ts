import { Refused } from '../../../contract/errors.ts';
import type { SeatMapId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { chooseEncoding } from '../../http/encodings.ts';
import { namesETag } from '../../http/etags.ts';
import { isEventRef } from '../sale/event-ref.ts';
import { requireEventRole } from '../sale/event-team.ts';
import { encodeSeatMap } from '../seating/encode-seat-map.ts';
import { selectSeatMap } from './store.ts';

/** Whoever asks for the version in force may use it this long: an edit of the layout makes a newer one. */
const inForceSeconds = 600;
/** A version that is asked for by its id never changes. */
const byIdSeconds = 31_536_000;

/**
 * The seats of an event and where they are: built and compressed once per version, then only sent. The team
 * of a draft sees its seat map too; for everyone else a draft does not exist.
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
    await requireEventRole(app, call.caller, map.event_id, 'door');
  }
  const headers = {
    // Weak: the same seats in whatever encoding.
    etag: `W/"${map.id}"`,
    vary: 'accept-encoding',
    'cache-control': cacheControl(map.status === 'draft', seatMapId !== undefined),
  };
  if (namesETag(call.header('if-none-match'), headers.etag)) return new Raw('', headers, 304);
  const encoded = await encodeSeatMap(app, map.id);
  // The layout of a draft was replaced between two look-ups: as good as a request that came a moment later.
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
