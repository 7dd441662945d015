import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { lockLedgers } from './store.ts';

// Every state of a seat and every code that names one: a block, a kept place, a hold, a ticket.
const namedSql = `
  select exists (select from seats where event_id = $1 and status <> 'free')
    or exists (select from vouchers where event_id = $1 and seat_index is not null) as named`;

/**
 * True if anything means a seat of the event by its index. The ledger stays locked until the transaction ends, so nothing begins to
 * mean one meanwhile.
 */
export async function lockNamedSeats(trx: Transaction, eventId: EventId): Promise<boolean> {
  await lockLedgers(trx, [eventId]);
  const [row] = await trx.query<{ named: boolean }>(namedSql, [eventId]);
  return row?.named ?? false;
}
