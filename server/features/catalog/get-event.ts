import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Reads } from '../../data/db.ts';
import { type Call, Raw } from '../../http/bind.ts';
import { namesETag } from '../../http/etags.ts';
import { type Live, readLive } from '../inventory/read-live.ts';
import { findEventId } from '../sale/find-event-id.ts';
import { priceState } from '../sale/present-price.ts';
import { readTicketTypes } from '../sale/read-terms.ts';
import type { TicketTypeRow } from '../sale/ticket-types.ts';
import { byIdOf, isSoldOut, statusAt, toEvent } from './event.ts';
import { type EventRow, selectEvent } from './store.ts';

/** The parts of an event's page, and the responses made of them. */
export interface EventPage {
  row: EventRow;
  types: TicketTypeRow[];
  /** By ETag, which differs when the event is sold out or over, and when another price step begins. */
  answers: Map<string, { whole: Raw; notModified: Raw }>;
}

/** Returns the public page of an event, by id or slug. A draft and a removed event do not exist for the public. */
export async function getEvent(
  app: App,
  call: Pick<Call<{ eventId: string }, undefined, undefined, 'public'>, 'params' | 'header'>,
): Promise<Raw> {
  const eventId = await findEventId(app, call.params.eventId);
  const live = eventId && (await readLive(app, eventId));
  if (!live || live.sale.status === 'draft') throw new Refused('not_found');
  const page = await readPage(app, live);
  if (!page || page.row.status === 'draft' || page.row.removed_at) throw new Refused('not_found');
  const now = app.clock.now();
  const soldOut = isSoldOut(page.types, live.pools);
  const prices = priceState(page.types, () => byIdOf(live.pools), now);
  const etag = `"${page.row.version}-${statusAt(page.row, now)}${soldOut ? '-sold-out' : ''}${prices}"`;
  let answer = page.answers.get(etag);
  if (!answer) {
    const event = toEvent({ row: page.row, types: page.types, pools: live.pools }, now);
    const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache', etag };
    answer = {
      whole: new Raw(JSON.stringify(event), headers),
      notModified: new Raw('', headers, 304),
    };
    page.answers.set(etag, answer);
  }
  return namesETag(call.header('if-none-match'), etag) ? answer.notModified : answer.whole;
}

/** The page's parts, read again when the event's version has changed. */
async function readPage(app: App, { sale }: Live): Promise<EventPage | null> {
  const known = app.caches.eventPages.get(sale.eventId);
  if (known?.row.version === sale.version) return known;
  // A replica may not have this version yet.
  const read = await readParts(app.reads, sale.eventId);
  const page = read?.row.version === sale.version ? read : await readParts(app.db, sale.eventId);
  if (page) app.caches.eventPages.put(page.row.id, page);
  return page;
}

async function readParts(db: Reads, eventId: EventId): Promise<EventPage | null> {
  const row = await selectEvent(db, eventId);
  if (!row) return null;
  const types = (await readTicketTypes(db, [row.id])).get(row.id) ?? [];
  return { row, types, answers: new Map() };
}
