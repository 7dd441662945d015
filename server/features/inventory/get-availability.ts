import { Refused } from '../../../contract/errors.ts';
import type { Availability } from '../../../contract/holds.ts';
import type { App } from '../../app.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { namesETag } from '../../http/etags.ts';
import { memoPer } from '../../memo.ts';
import { findEventId } from '../sale/find-event-id.ts';
import { shownPlaces } from './free-places.ts';
import { seatStatus } from './inventory.ts';
import { type Live, readLive } from './read-live.ts';

/** The encoded answers for one state of the inventory. */
interface Answers {
  etag: string;
  whole: Raw;
  notModified: Raw;
}

/** Returns what is free, as of one instant. */
export async function getAvailability(
  app: App,
  call: Pick<Call<{ eventId: string }, undefined, undefined, 'public'>, 'params' | 'header'>,
): Promise<Raw> {
  const eventId = await findEventId(app, call.params.eventId);
  const live = eventId && (await readLive(app, eventId));
  if (!live || live.sale.status === 'draft') throw new Refused('not_found');
  const answer = answersOf(live);
  return namesETag(call.header('if-none-match'), answer.etag) ? answer.notModified : answer.whole;
}

const answersOf = memoPer((live: Live): Answers => {
  // An expired hold frees its places before the sweep changes the version. So the tag counts such holds too.
  const etag = live.due === 0 ? `"${live.version}"` : `"${live.version}-${live.due}"`;
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache', etag };
  return {
    etag,
    whole: new Raw(JSON.stringify(toAvailability(live)), headers),
    notModified: new Raw('', headers, 304),
  };
});

function toAvailability({ sale, version, pools, seats }: Live): Availability {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  return {
    version,
    ticketTypes: sale.ticketTypes.flatMap((type) => (type.hidden ? [] : [shownPlaces(type, byId)])),
    ...(seats && { seats: freeBits(seats), seatMapId: sale.seats?.mapId }),
  };
}

/** One bit per seat, the lowest first in each byte. 1 is free. */
function freeBits(statuses: Uint8Array): string {
  const bits = Buffer.alloc(Math.ceil(statuses.length / 8));
  for (const [i, status] of statuses.entries()) {
    if (status === seatStatus.free) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return bits.toString('base64');
}
