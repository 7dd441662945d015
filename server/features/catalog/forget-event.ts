import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';

// The database deletes the event's ledger, pools, ticket types, codes and seat maps with it.
const deleteSql = `
  delete from events where id = (select id from events where id = $1 for update skip locked)`;

/** Deletes an event without orders, holds and seats. Returns 0 if somebody else has locked it. */
export const forgetEvent = (trx: Transaction, eventId: EventId): Promise<number> =>
  trx.run(deleteSql, [eventId]);
