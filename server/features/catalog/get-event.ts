import { Refused } from '../../../contract/errors.ts';
import type { Event } from '../../../contract/events.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http.ts';
import { toEvent } from './event.ts';
import { isEventRef } from './event-ref.ts';
import { withSaleOf } from './read-events.ts';
import { selectEvent } from './store.ts';

/** The public page of an event, by id or slug. A draft is nothing that the public could know of. */
export async function getEvent(app: App, call: Pick<Call<{ eventId: string }>, 'params'>): Promise<Event> {
  const ref = call.params.eventId;
  const row = isEventRef(ref) ? await selectEvent(app.db, ref) : null;
  if (!row || row.status === 'draft') throw new Refused('not_found');
  const now = app.clock.now();
  return toEvent(await withSaleOf(app.db, row, now), now);
}
