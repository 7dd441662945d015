import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';

// The database deletes the event's ledger, pools, ticket types, codes and seat maps with it.
const deleteSql = `
  delete from events where id = (select id from events where id = $1 for update skip locked)`;
/** Deletes an event without orders, holds and seats. Returns 0 if somebody else has locked it. */
export const forgetEvent = (app: Pick<App, 'db'>, eventId: EventId): Promise<number> =>
  app.db.run(deleteSql, [eventId]);
