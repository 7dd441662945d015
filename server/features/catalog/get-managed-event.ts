import { Refused } from '../../../contract/errors.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../db.ts';
import type { Call } from '../../http.ts';
import { toManagedEvent } from './event.ts';
import { selectPromoCodes } from './promo-store.ts';
import { withSaleOf } from './read-events.ts';
import { selectEvent } from './store.ts';

/** An event as its team sees it, drafts too. */
export function getManagedEvent(
  app: App,
  call: Pick<Call<{ eventId: EventId }>, 'params'>,
): Promise<ManagedEvent> {
  return readManaged(app, app.db, call.params.eventId);
}

export async function readManaged(app: App, db: Queryable, eventId: EventId): Promise<ManagedEvent> {
  const row = await selectEvent(db, eventId);
  if (!row) throw new Refused('not_found');
  const now = app.clock.now();
  const [whole, codes] = await Promise.all([withSaleOf(db, row, now), selectPromoCodes(db, eventId)]);
  return toManagedEvent(whole, codes, now);
}
