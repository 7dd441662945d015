import { Refused } from '../../../contract/errors.ts';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { mayInEvent } from '../sale/event-team.ts';
import { readPromoCodes } from '../sale/read-terms.ts';
import { toManagedEvent } from './event.ts';
import { selectPreparation } from './preparation-store.ts';
import { withSaleOf } from './read-events.ts';
import { selectEvent } from './store.ts';

/** Returns an event to its team, drafts too. Members who may not edit it do not see its promo codes. */
export async function getManagedEvent(
  app: App,
  {
    caller,
    params: { eventId },
  }: Pick<Call<{ eventId: EventId }, unknown, unknown, 'team'>, 'params' | 'caller'>,
): Promise<ManagedEvent> {
  const [event, mayEdit] = await Promise.all([
    readManaged(app, app.db, eventId),
    mayInEvent(app, caller, eventId, 'events.edit'),
  ]);
  return mayEdit ? event : { ...event, promoCodes: [] };
}

export async function readManaged(app: App, db: Queryable, eventId: EventId): Promise<ManagedEvent> {
  const row = await selectEvent(db, eventId);
  if (!row) throw new Refused('not_found');
  const now = app.clock.now();
  const [whole, codes, preparation] = await Promise.all([
    withSaleOf(db, row, now),
    readPromoCodes(db, eventId),
    selectPreparation(db, eventId),
  ]);
  return toManagedEvent(whole, codes, preparation, now);
}
