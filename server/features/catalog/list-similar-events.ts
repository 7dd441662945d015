import { Refused } from '../../../contract/errors.ts';
import type { EventSummary } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { isEventRef } from '../sale/event-ref.ts';
import { findLiked } from './find-liked.ts';
import { selectEvent } from './store.ts';
import { likingsOfViewed } from './taste.ts';

const monthMs = 30 * 86_400_000;

/** Lists events for people who like this one, at about the same time. */
export async function listSimilarEvents(
  app: App,
  call: Pick<Call<{ eventId: string }, { limit: number }>, 'params' | 'query'>,
): Promise<{ items: EventSummary[] }> {
  const ref = call.params.eventId;
  const row = isEventRef(ref) ? await selectEvent(app.reads, ref) : null;
  if (!row || row.status === 'draft' || row.removed_at) throw new Refused('not_found');
  const { limit } = call.query;
  const wish = { likings: likingsOfViewed([row]), except: [row.id], around: row.starts_at, limit };
  const monthBefore = new Date(row.starts_at.getTime() - monthMs);
  const close = await findLiked(app, { ...wish, after: monthBefore });
  // If there are too few at about that time, any upcoming event will do.
  const found = close.length < limit ? await findLiked(app, wish) : close;
  return { items: found.map(({ event }) => event) };
}
