import { drawMethod, laneMethod } from '../../../contract/draw.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { Draw } from '../../../contract/waiting-room.ts';
import type { App } from '../../app.ts';
import { selectDraw, selectDrawn } from './store.ts';
import { showBeacon } from './waiting-room.ts';

interface DrawCall {
  params: { eventId: EventId };
  query: { cursor: number; limit: number };
}

/** Publishes the draw of a queue, a page at a time. The seed is secret until the draw has committed. */
export async function getDraw(app: App, { params: { eventId }, query }: DrawCall): Promise<Draw> {
  const draw = await selectDraw(app.db, eventId);
  if (!draw) throw new Refused('not_found');
  const { commitment, seed, beacon, drawn_at, drawn, lanes } = draw;
  if (!drawn_at) throw new Refused('draw_pending');
  const last = Math.min(drawn, query.cursor + query.limit);
  const rows = await selectDrawn(app.db, eventId, query.cursor, last);
  return {
    method: lanes.length > 0 ? laneMethod : drawMethod,
    eventId,
    commitment,
    seed,
    beacon,
    beaconTerms: showBeacon(draw),
    drawnAt: drawn_at.toISOString(),
    count: drawn,
    entries: rows.map(({ id, salt }) => [id, salt]),
    lanes,
    entryLanes: lanes.length > 0 ? rows.map(({ lane }) => lane ?? '') : [],
    nextCursor: last < drawn ? last : null,
  };
}
