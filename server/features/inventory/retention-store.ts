import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

// holds_settled finds them: its condition is repeated here word for word.
const endedHolds = `
  delete from holds where event_id = $1 and id in (
    select id from holds
    where event_id = $1 and status <> 'active' and status in ('released', 'expired') and not ordered
    limit 1000 for update skip locked)`;
export const deleteEndedHolds = (db: Queryable, eventId: EventId): Promise<number> =>
  db.run(endedHolds, [eventId]);

const orderedHolds = `select id from holds where event_id = $1 and status <> 'active' and ordered`;
/** Holds of an event that became an order, whatever became of that. */
export const listOrderedHolds = async (db: Queryable, eventId: EventId): Promise<HoldId[]> =>
  (await db.query<{ id: HoldId }>(orderedHolds, [eventId])).map(({ id }) => id);
