import type { EventId, HoldId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

// Repeats the condition of the index holds_settled word for word, so that PostgreSQL uses it.
const endedHolds = `
  delete from holds where event_id = $1 and id in (
    select id from holds
    where event_id = $1 and status <> 'active' and status in ('released', 'expired') and not ordered
    limit 1000 for update skip locked)`;
export const deleteEndedHolds = (db: Queryable, eventId: EventId): Promise<number> =>
  db.run(endedHolds, [eventId]);

const orderedHolds = `select id from holds where event_id = $1 and status <> 'active' and ordered`;
/** Lists the holds of an event that became orders, in any state. */
export const listOrderedHolds = async (db: Queryable, eventId: EventId): Promise<HoldId[]> =>
  (await db.query<{ id: HoldId }>(orderedHolds, [eventId])).map(({ id }) => id);
